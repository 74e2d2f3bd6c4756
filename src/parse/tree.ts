import { isSpace } from './code-units.ts';
import { type ChildNode, type Document, Element, isDocument, isTag, isText, type ParentNode } from 'domhandler';

/** The namespaces a view tells apart. https://infra.spec.whatwg.org/#namespaces */
export const NAMESPACE = {
  html: 'http://www.w3.org/1999/xhtml',
  svg: 'http://www.w3.org/2000/svg',
  mathml: 'http://www.w3.org/1998/Math/MathML',
} as const;

/** A node that may have children: the document, a template's content, an element. */
export type Parent = Document | Element;

// An object lists names like `0` before all others, whatever the order they came in; such an element's own order is kept here.
const attributeOrders = new WeakMap<Element, string[]>();

const localNames = new WeakMap<Element, string>();

// A prototype without members, so that no attribute name means anything; instances stay small, where `Object.create(null)` is a hash table.
const Attributes = function () {
  // No members.
} as unknown as new () => Record<string, string>;
Attributes.prototype = Object.freeze(Object.create(null) as object);

// Shared by the elements that have none, which are most.
const NO_ATTRIBUTES = Object.freeze(new Attributes());

/** An element without attributes and children. `namespace` is a URI, empty for none; `startIndex` in UTF-16 code units, null where it has no place. */
export function createElement(name: string, namespace: string, startIndex: number | null): Element {
  const element = new Element(name, NO_ATTRIBUTES, []);
  element.namespace = namespace;
  element.startIndex = startIndex;
  return element;
}

/** An attribute by its qualified name. */
export interface NamedValue {
  name: string;
  value: string;
}

/** Appends those of the attributes that the element lacks, and answers how many. A name may be any, `__proto__` too. */
export function appendAttributes(element: Element, attributes: readonly NamedValue[]): number {
  if (attributes.length === 0) return 0;
  const isFirst = element.attribs === NO_ATTRIBUTES;
  if (isFirst) element.attribs = new Attributes();
  let order = isFirst ? undefined : attributeOrders.get(element);
  if (order === undefined && attributes.some(beginsWithDigit)) {
    order = Object.keys(element.attribs);
    attributeOrders.set(element, order);
  }
  let appended = 0;
  for (const { name, value } of attributes) {
    if (element.attribs[name] !== undefined) continue;
    element.attribs[name] = value;
    order?.push(name);
    appended++;
  }
  return appended;
}

function beginsWithDigit({ name }: NamedValue): boolean {
  const first = name.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
}

/** Appends a node to a parent's children. https://dom.spec.whatwg.org/#concept-node-append */
export function appendChild(parent: ParentNode, node: ChildNode): void {
  const last = parent.children.at(-1) ?? null;
  node.parent = parent;
  node.prev = last;
  // Most elements have one child: a list of one takes a tenth of the room that a list has which something is pushed to.
  if (last === null) {
    parent.children = [node];
  } else {
    last.next = node;
    parent.children.push(node);
  }
}

/** The qualified names of an element's attributes, in source order. */
export function attributeNames(element: Element): readonly string[] {
  return attributeOrders.get(element) ?? Object.keys(element.attribs);
}

/** The value of the attribute with this qualified name, or null. https://dom.spec.whatwg.org/#concept-element-attributes-get-by-name */
export function attributeValue(element: Element, name: string): string | null {
  return element.attribs[name] ?? null;
}

/** Names an element of XML that has a prefix: the prefix is part of an HTML element's local name. */
export function setLocalName(element: Element, name: string): void {
  localNames.set(element, name);
}

/** https://dom.spec.whatwg.org/#concept-element-local-name */
export function localName(element: Element): string {
  return element.name.includes(':') ? (localNames.get(element) ?? element.name) : element.name;
}

/** Whether this is an element of the HTML namespace, with this local name where one is given. */
export function isHtmlElement(element: Element, name?: string): boolean {
  return element.namespace === NAMESPACE.html && (name === undefined || localName(element) === name);
}

/** The content of a template element, null for every other node. https://html.spec.whatwg.org/multipage/scripting.html#template-contents */
export function templateContent(node: Parent): Document | null {
  const first = node.children[0];
  return first !== undefined && isDocument(first) ? first : null;
}

/**
 * The node after `node` in tree order within `root`, or null at the end; with `skipDescendants`, the first that is not in it. Template
 * content is not part of the tree. Walks without recursion: the depth of a tree is the page's choice.
 * https://dom.spec.whatwg.org/#concept-tree-order
 */
export function following(node: ChildNode | Parent, root: Parent, skipDescendants = false): ChildNode | null {
  if (!skipDescendants && 'children' in node) {
    const first = node.children[0];
    if (first !== undefined && !isDocument(first)) return first;
  }
  let current: ChildNode | Parent = node;
  while (current !== root) {
    if (current.next !== null) return current.next;
    if (current.parent === null) return null;
    current = current.parent;
  }
  return null;
}

/** All elements below `root`, in tree order, template content left out. */
export function* descendantElements(root: Parent): Generator<Element, void, undefined> {
  for (let node = following(root, root); node !== null; node = following(node, root)) {
    if (isTag(node)) yield node;
  }
}

/** The same as a list, which takes a fraction of the time where all of them are looked at. */
export function listDescendantElements(root: Parent): Element[] {
  const elements: Element[] = [];
  for (let node = following(root, root); node !== null; node = following(node, root)) {
    if (isTag(node)) elements.push(node);
  }
  return elements;
}

/**
 * Calls back for each element below `root` as it begins, in tree order, and as it ends; template content left out. Walks as
 * {@link following}.
 */
export function walkElements(root: Parent, onOpen: (element: Element) => void, onClose: (element: Element) => void): void {
  let node: ChildNode | null = firstOf(root);
  while (node !== null) {
    if (isTag(node)) {
      onOpen(node);
      const first = firstOf(node);
      if (first !== null) {
        node = first;
        continue;
      }
      onClose(node);
    }
    while (node.next === null) {
      const { parent }: ChildNode = node;
      if (parent === null || parent === root) return;
      if (isTag(parent)) onClose(parent);
      node = parent;
    }
    node = node.next;
  }
}

function firstOf(parent: Parent): ChildNode | null {
  const first = parent.children[0];
  return first === undefined || isDocument(first) ? null : first;
}

/** The data of the texts that are children of an element. https://dom.spec.whatwg.org/#concept-child-text-content */
export function childText(element: Element): string {
  return element.children
    .filter(isText)
    .map(({ data }) => data)
    .join('');
}

/** The data of all text below `root`, in tree order. https://dom.spec.whatwg.org/#concept-descendant-text-content */
export function descendantText(root: Parent): string {
  let text = '';
  for (let node = following(root, root); node !== null; node = following(node, root)) {
    if (isText(node)) text += node.data;
  }
  return text;
}

/** https://infra.spec.whatwg.org/#strip-and-collapse-ascii-whitespace */
export function stripAndCollapseAsciiWhitespace(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  const stripped = text.slice(from, to);
  // Most have but single spaces then.
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (isSpace(code) && (code !== 0x20 || text.charCodeAt(at + 1) === 0x20)) return stripped.replace(/[\t\n\f\r ]+/g, ' ');
  }
  return stripped;
}

/** https://infra.spec.whatwg.org/#ascii-lowercase */
export function asciiLowercase(text: string): string {
  // Most names are in lower case.
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

/** https://infra.spec.whatwg.org/#normalize-newlines, which XML does, too: https://www.w3.org/TR/xml/#sec-line-ends */
export function normalizeNewlines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** https://dom.spec.whatwg.org/#document-element */
export function documentElement(tree: Document): Element | null {
  return tree.children.find(isTag) ?? null;
}
