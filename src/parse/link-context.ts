import type { Element } from 'domhandler';
import { HEADINGS } from './element-names.ts';
import type { Landmark } from './links.model.ts';
import { asciiLowercase, attributeValue, descendantText, isHtmlElement, localName, stripAndCollapseAsciiWhitespace } from './tree.ts';

/** An element as far as links tell of it. */
export interface LinkElement {
  readonly name: string;
  readonly rel: string | null;
  readonly title: string | null;
  /** Its descendant text, ASCII whitespace stripped and collapsed. */
  readonly text: string;
}

/** An element of a tree, whose text is read each time it is asked for. */
export class TreeElement implements LinkElement {
  readonly node: Element;

  constructor(node: Element) {
    this.node = node;
  }

  get name(): string {
    return localName(this.node);
  }

  get rel(): string | null {
    return attributeValue(this.node, 'rel');
  }

  get title(): string | null {
    return attributeValue(this.node, 'title');
  }

  get text(): string {
    return stripAndCollapseAsciiWhitespace(descendantText(this.node));
  }
}

/** Where in a page something stands. */
export interface LinkContext {
  /** The heading that was begun last; null before the first. */
  heading: Pick<LinkElement, 'text'> | null;
  /** The innermost landmark that is open. */
  landmark: Landmark | null;
  /** Some landmark that is open is a `nav`. */
  inNav: boolean;
}

/**
 * Follows where a walk over a tree is, from the start and end of each element alone: a scan of the text knows these, too.
 */
export class LinkContextTracker {
  #heading: TreeElement | null = null;
  readonly #landmarks: { element: Element; landmark: Landmark }[] = [];
  #navs = 0;

  open(element: Element): void {
    if (!isHtmlElement(element)) return;
    const name = localName(element);
    if (HEADINGS.has(name)) this.#heading = new TreeElement(element);
    const landmark = landmarkOf(name, attributeValue(element, 'role'));
    if (landmark === null) return;
    this.#landmarks.push({ element, landmark });
    if (landmark === 'nav') this.#navs++;
  }

  close(element: Element): void {
    const last = this.#landmarks.at(-1);
    if (last?.element !== element) return;
    this.#landmarks.pop();
    if (last.landmark === 'nav') this.#navs--;
  }

  get context(): LinkContext {
    return { heading: this.#heading, landmark: this.#landmarks.at(-1)?.landmark ?? null, inNav: this.#navs > 0 };
  }
}

/** The first word of a `role` that names a landmark, else the element itself, unless its role takes its meaning away. */
export function landmarkOf(name: string, role: string | null): Landmark | null {
  const own = LANDMARKS.get(name) ?? null;
  if (role === null) return own;
  const roles = asciiLowercase(role).split(/[\t\n\f\r ]+/);
  const named = roles.find((word) => ROLES.has(word));
  if (named !== undefined) return ROLES.get(named) ?? null;
  return roles.includes('none') || roles.includes('presentation') ? null : own;
}

const LANDMARKS: ReadonlyMap<string, Landmark> = new Map(
  (['nav', 'header', 'footer', 'main', 'aside', 'article', 'section', 'search'] as const).map((name) => [name, name]),
);

/** The roles that those elements stand for. https://www.w3.org/TR/html-aria/#docconformance */
const ROLES: ReadonlyMap<string, Landmark> = new Map<string, Landmark>([
  ['navigation', 'nav'],
  ['banner', 'header'],
  ['contentinfo', 'footer'],
  ['main', 'main'],
  ['complementary', 'aside'],
  ['article', 'article'],
  ['region', 'section'],
  ['search', 'search'],
]);
