import { _compileUnsafe, selectAll, selectOne, type Options } from 'css-select';
import { type AnyNode, Document, Element, isTag, isText, type ParentNode } from 'domhandler';
import { checkedSelector, offsetOfError, SelectorError } from './css-error.ts';
import type { PageDocument } from './document.ts';
import { asciiLowercase, attributeNames, attributeValue, descendantText, isHtmlElement, type Parent } from './tree.ts';

/** A CSS selector that is read once, to be searched for within as many elements of one document as there are. */
export interface CssSelector {
  /** The elements within `root` that it matches, in tree order. https://dom.spec.whatwg.org/#scope-match-a-selectors-string */
  all(root: Parent): Element[];
  /** The first of them, or null. */
  first(root: Parent): Element | null;
}

/**
 * Reads a CSS selector for a document. `:scope` is the element that is searched within, and a selector may begin with a combinator
 * (`> p`, `+ dd`) that starts there. The content of templates is never searched: a template has no children in the tree.
 * https://drafts.csswg.org/selectors-4/#parse-relative-selector
 *
 * @throws Error that says what of it cannot be read, and at which offset
 */
export function compileCss({ syntax, tree }: PageDocument, selector: string): CssSelector {
  // What is compiled asks for the scope whenever it runs; a list of one element is how the library takes it.
  const scope = [new Element('', {})];
  const options: Options<AnyNode, Element> = {
    adapter: syntax === 'xml' ? XML : HTML,
    xmlMode: syntax === 'xml',
    // Without a doctype, classes and ids match in any letter case: https://html.spec.whatwg.org/multipage/semantics-other.html#case-sensitivity-of-selectors
    quirksMode: tree['x-mode'] === 'quirks',
    pseudos: PSEUDO_CLASSES,
    // What is remembered of one scope does not hold within another.
    cacheResults: !/:scope|(?:^|,)\s*[>+~]/i.test(selector),
  };
  // The other `compile` forgets whether the siblings that follow the scope are searched as well.
  const compile = (text: string): ReturnType<typeof _compileUnsafe<AnyNode, Element>> =>
    readably(() => _compileUnsafe<AnyNode, Element>(checkedSelector(text), options, scope));
  const query = placed(selector, compile);
  const within = (root: Parent): Parent => {
    scope[0] = root instanceof Document ? (root.children.find(isTag) ?? NO_ELEMENT) : root;
    return root;
  };
  return {
    all: (root) => selectAll(query, within(root), options),
    first: (root) => selectOne(query, within(root), options),
  };
}

const CONTROLS = ':is(button, input, select, textarea, fieldset)';
const BUTTON_TYPES = 'hidden range color checkbox radio file submit image reset button'.split(' ').map((type) => `[type=${type} i]`);
const EDITABLE = ':is([contenteditable=""], [contenteditable=true i], [contenteditable=plaintext-only i])';

/** Where the library's own leave out what the standard says. https://html.spec.whatwg.org/multipage/semantics-other.html#pseudo-classes */
const PSEUDO_CLASSES: Readonly<Record<string, string>> = {
  disabled: `:is(${CONTROLS}[disabled], optgroup[disabled], option[disabled], optgroup[disabled] > option, fieldset[disabled] ${CONTROLS}:not(fieldset[disabled] > legend:nth-child(1 of legend) *))`,
  enabled: `:is(${CONTROLS}, optgroup, option):not(:disabled)`,
  'read-write': `:is(:is(input:not(${BUTTON_TYPES.join(', ')}), textarea):not([readonly], :disabled), :is(${EDITABLE}, ${EDITABLE} *):not([contenteditable=false i], [contenteditable=false i] *))`,
  'read-only': ':not(:read-write)',
};

const NO_ELEMENT = new Element('', {});

/** What `compile` makes of a selector; an error says where that goes wrong. */
function placed<Compiled>(selector: string, compile: (selector: string) => Compiled): Compiled {
  try {
    return compile(selector);
  } catch (error) {
    const { message } = error as Error;
    const offset = error instanceof SelectorError ? error.offset : offsetOfError(selector, (text) => isReadable(text, compile));
    throw new Error(`${message} (offset ${String(offset)})`, { cause: error });
  }
}

function isReadable(selector: string, compile: (selector: string) => unknown): boolean {
  try {
    compile(selector);
    return true;
  } catch {
    return false;
  }
}

/** The library's reasons without its name, and whole. */
function readably<Compiled>(compile: () => Compiled): Compiled {
  try {
    return compile();
  } catch (error) {
    if (error instanceof SelectorError) throw error;
    const message = (error as Error).message.trim();
    const reason = REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? message.replace(/ by css-select$/, '');
    throw new Error(reason, { cause: error });
  }
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^Namespaced/, 'Namespace prefixes are not supported: leave them out, or ask by XPath, which knows svg: and math:'],
  [/^Pseudo-elements/, 'Pseudo-elements are not supported: they are no elements of the document'],
  [/found$/, 'Expected a name at the end'],
];

type Adapter = NonNullable<Options<AnyNode, Element>['adapter']>;

/** The tree as the library walks it. Nothing here calls itself: the depth of a tree is the page's choice. */
const XML: Adapter = {
  isTag,
  getName: ({ name }) => name,
  getAttributeValue: (element, name) => attributeValue(element, name) ?? undefined,
  hasAttrib: (element, name) => attributeValue(element, name) !== null,
  getChildren: (node) => ('children' in node ? node.children : []),
  getParent: ({ parent }) => parent,
  getSiblings: (node) => (node.parent === null ? [node] : node.parent.children),
  prevElementSibling(element) {
    let node = element.prev;
    while (node !== null && !isTag(node)) node = node.prev;
    return node;
  },
  getText: (node) => (isText(node) ? node.data : 'children' in node ? descendantText(node as Parent) : ''),
  removeSubsets(nodes) {
    const all = new Set(nodes);
    return [...all].filter((node) => {
      let ancestor: ParentNode | null = node.parent;
      while (ancestor !== null && !all.has(ancestor)) ancestor = ancestor.parent;
      return ancestor === null;
    });
  },
};

/** Names in a selector are in lower case then; those of SVG and MathML elements need not be. https://html.spec.whatwg.org/multipage/semantics-other.html#case-sensitivity-of-selectors */
const HTML: Adapter = {
  ...XML,
  getName: (element) => (isHtmlElement(element) ? element.name : asciiLowercase(element.name)),
  getAttributeValue: (element, name) => foreignAttribute(element, name) ?? undefined,
  hasAttrib: (element, name) => foreignAttribute(element, name) !== null,
};

function foreignAttribute(element: Element, name: string): string | null {
  const value = attributeValue(element, name);
  if (value !== null || isHtmlElement(element)) return value;
  const written = attributeNames(element).find((candidate) => asciiLowercase(candidate) === name);
  return written === undefined ? null : attributeValue(element, written);
}
