import { NAMESPACE } from '../parse/tree.ts';
import { declarations } from './rendering.ts';

/**
 * As much of the DOM as Readability reads and changes, made of a document's own tree, so that what is read is what a browser has.
 * Its operations keep no stack, and to move a node takes the same time however many siblings it has. Of the kept libraries, linkedom
 * takes 10 s where this takes 1 (20,000 links in 200 KB) and runs out of stack, happy-dom takes ten times as long on any page.
 * https://dom.spec.whatwg.org/#nodes
 */
abstract class DomNode {
  parentNode: DomParent | null = null;
  previousSibling: DomChild | null = null;
  nextSibling: DomChild | null = null;
  abstract readonly nodeType: number;
  abstract readonly nodeName: string;
  abstract readonly textContent: string;

  get nextElementSibling(): DomElement | null {
    let node = this.nextSibling;
    while (node instanceof DomText) node = node.nextSibling;
    return node;
  }

  get previousElementSibling(): DomElement | null {
    let node = this.previousSibling;
    while (node instanceof DomText) node = node.previousSibling;
    return node;
  }
}

type DomChild = DomElement | DomText;

export class DomText extends DomNode {
  readonly nodeType = 3;
  readonly nodeName = '#text';
  readonly childNodes: readonly DomChild[] = NO_CHILDREN;

  readonly textContent: string;

  constructor(text: string) {
    super();
    this.textContent = text;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }
}

const NO_CHILDREN: readonly never[] = [];

export abstract class DomParent extends DomNode {
  firstChild: DomChild | null = null;
  lastChild: DomChild | null = null;
  // Made when asked for, forgotten at every change.
  #childNodes: readonly DomChild[] | null = null;
  #children: readonly DomElement[] | null = null;

  get childNodes(): readonly DomChild[] {
    if (this.#childNodes === null) {
      const nodes: DomChild[] = [];
      for (let child = this.firstChild; child !== null; child = child.nextSibling) nodes.push(child);
      this.#childNodes = nodes;
    }
    return this.#childNodes;
  }

  get children(): readonly DomElement[] {
    return (this.#children ??= this.childNodes.filter((node) => node instanceof DomElement));
  }

  get firstElementChild(): DomElement | null {
    return this.firstChild instanceof DomText ? this.firstChild.nextElementSibling : this.firstChild;
  }

  get textContent(): string {
    const pieces: string[] = [];
    for (let node = following(this, this); node !== null; node = following(node, this))
      if (node instanceof DomText) pieces.push(node.textContent);
    return pieces.join('');
  }

  appendChild<Child extends DomChild>(child: Child): Child {
    this.#insert(child, this.lastChild, null);
    return child;
  }

  replaceChild<Child extends DomChild>(replacement: DomChild, child: Child): Child {
    let { previousSibling, nextSibling } = child;
    if (previousSibling === replacement) previousSibling = replacement.previousSibling;
    if (nextSibling === replacement) nextSibling = replacement.nextSibling;
    this.removeChild(child);
    this.#insert(replacement, previousSibling, nextSibling);
    return child;
  }

  removeChild<Child extends DomChild>(child: Child): Child {
    const { previousSibling, nextSibling } = child;
    if (previousSibling === null) this.firstChild = nextSibling;
    else previousSibling.nextSibling = nextSibling;
    if (nextSibling === null) this.lastChild = previousSibling;
    else nextSibling.previousSibling = previousSibling;
    child.parentNode = child.previousSibling = child.nextSibling = null;
    this.#childNodes = this.#children = null;
    return child;
  }

  #insert(child: DomChild, previous: DomChild | null, next: DomChild | null): void {
    child.parentNode?.removeChild(child);
    child.parentNode = this;
    child.previousSibling = previous;
    child.nextSibling = next;
    if (previous === null) this.firstChild = child;
    else previous.nextSibling = child;
    if (next === null) this.lastChild = child;
    else next.previousSibling = child;
    this.#childNodes = this.#children = null;
  }

  getElementsByTagName(name: string): DomElement[] {
    return this.querySelectorAll(name);
  }

  /** The selectors are type selectors, comma-separated, letter case ignored. */
  querySelectorAll(selectors: string): DomElement[] {
    const names = new Set(selectors.toLowerCase().split(','));
    const found: DomElement[] = [];
    for (const node of descendants(this)) if (node instanceof DomElement && names.has(node.localName)) found.push(node);
    return found;
  }
}

/** Copies of the nodes that were in an element: what stands for its markup where that is only ever set again. */
type Inner = readonly DomChild[];

export class DomElement extends DomParent {
  readonly nodeType = 1;
  readonly ownerDocument: DomDocument;
  readonly localName: string;
  readonly namespace: string;
  /** Where the element stood in the document's text; null for one that was made later. */
  readonly startIndex: number | null;
  readonly tagName: string;
  readonly #attributes: Map<string, string>;
  #attributeList: readonly DomAttribute[] | null = null;

  constructor(
    document: DomDocument,
    localName: string,
    namespace: string,
    startIndex: number | null,
    attributes: Iterable<[string, string]>,
  ) {
    super();
    this.ownerDocument = document;
    this.localName = localName;
    this.namespace = namespace;
    this.startIndex = startIndex;
    this.tagName = namespace === NAMESPACE.html ? localName.toUpperCase() : localName;
    this.#attributes = new Map(attributes);
  }

  get nodeName(): string {
    return this.tagName;
  }

  get attributes(): readonly DomAttribute[] {
    return (this.#attributeList ??= Array.from(this.#attributes, ([name, value]) => new DomAttribute(name, value)));
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
    this.#attributeList = null;
  }

  setAttributeNode({ name, value }: DomAttribute): void {
    this.setAttribute(name, value);
  }

  removeAttribute(name: string): void {
    if (this.#attributes.delete(name)) this.#attributeList = null;
  }

  get id(): string {
    return this.getAttribute('id') ?? '';
  }

  set id(value: string) {
    this.setAttribute('id', value);
  }

  get className(): string {
    return this.getAttribute('class') ?? '';
  }

  get src(): string {
    return this.getAttribute('src') ?? '';
  }

  get srcset(): string {
    return this.getAttribute('srcset') ?? '';
  }

  /** Declarations of the `style` attribute, the last of each name. */
  get style(): Readonly<Record<'display' | 'visibility', string | undefined>> {
    const style = this.getAttribute('style');
    const values = style === null ? null : declarations(style);
    return { display: values?.get('display'), visibility: values?.get('visibility') };
  }

  get innerHTML(): Inner {
    return this.cloneNode().childNodes;
  }

  set innerHTML(inner: Inner) {
    while (this.firstChild !== null) this.removeChild(this.firstChild);
    for (const child of inner) this.appendChild(child instanceof DomText ? new DomText(child.textContent) : child.cloneNode());
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  /** With all that is in it. */
  cloneNode(): DomElement {
    const copy = this.#cloneAlone();
    const copies = new Map<DomParent, DomElement>([[this, copy]]);
    for (const node of descendants(this)) {
      const parent = node.parentNode === null ? undefined : copies.get(node.parentNode);
      if (node instanceof DomText) {
        parent?.appendChild(new DomText(node.textContent));
      } else {
        const element = node.#cloneAlone();
        copies.set(node, element);
        parent?.appendChild(element);
      }
    }
    return copy;
  }

  #cloneAlone(): DomElement {
    return new DomElement(this.ownerDocument, this.localName, this.namespace, this.startIndex, this.#attributes);
  }
}

class DomAttribute {
  readonly name: string;
  readonly value: string;

  constructor(name: string, value: string) {
    this.name = name;
    this.value = value;
  }

  cloneNode(): this {
    return this;
  }
}

export class DomDocument extends DomParent {
  readonly nodeType = 9;
  readonly nodeName = '#document';

  /** Empty where nothing can be resolved. */
  readonly baseURI: string;

  constructor(baseUrl: string | null) {
    super();
    this.baseURI = baseUrl ?? '';
  }

  get documentURI(): string {
    return this.baseURI;
  }

  get documentElement(): DomElement | null {
    return this.firstElementChild;
  }

  get body(): DomElement | null {
    return this.documentElement?.children.find(({ tagName }) => tagName === 'BODY') ?? null;
  }

  get title(): string {
    return this.getElementsByTagName('title').find(({ tagName }) => tagName === 'TITLE')?.textContent ?? '';
  }

  createElement(name: string): DomElement {
    return new DomElement(this, name.toLowerCase(), NAMESPACE.html, null, []);
  }

  createTextNode(text: string): DomText {
    return new DomText(text);
  }
}

/** The node after `node` in tree order within `root`, or null at the end. */
function following(node: DomChild | DomParent, root: DomParent): DomChild | null {
  if (node instanceof DomParent && node.firstChild !== null) return node.firstChild;
  let current: DomChild | DomParent | null = node;
  while (current !== null && current !== root) {
    if (current.nextSibling !== null) return current.nextSibling;
    current = current.parentNode;
  }
  return null;
}

/** What is in a node, in tree order. */
export function* descendants(root: DomParent): Generator<DomChild, void, undefined> {
  for (let node = following(root, root); node !== null; node = following(node, root)) yield node;
}
