import { type AnyNode, type Document, isComment, isDirective, isTag, isText } from 'domhandler';
import type { XPathFacade } from 'fontoxpath';
import type { PageDocument } from './document.ts';
import {
  asciiLowercase,
  attributeNames,
  attributeValue,
  descendantElements,
  documentElement,
  isHtmlElement,
  localName,
  NAMESPACE,
  type Parent,
  templateContent,
} from './tree.ts';

/** https://dom.spec.whatwg.org/#dom-node-nodetype */
export const NODE_TYPE = { element: 1, attribute: 2, text: 3, processingInstruction: 7, comment: 8, document: 9 } as const;

type NodeType = (typeof NODE_TYPE)[keyof typeof NODE_TYPE];

/** Prefixes that need not be declared. https://infra.spec.whatwg.org/#namespaces */
const KNOWN_PREFIXES: Readonly<Record<string, string>> = {
  html: NAMESPACE.html,
  svg: NAMESPACE.svg,
  math: NAMESPACE.mathml,
  xlink: 'http://www.w3.org/1999/xlink',
  xml: 'http://www.w3.org/XML/1998/namespace',
};

/** A node as XPath knows it. Its relatives are made when they are asked for, all children at once. */
export class XPathNode {
  readonly nodeType: NodeType;
  readonly parent: XPathNode | null;
  /** What it stands for; of an attribute, its element. */
  readonly node: AnyNode;
  /** Qualified. */
  readonly nodeName: string;
  readonly prefix: string;
  readonly localName: string;
  readonly namespaceURI: string | null;
  /** Its own text: of an element or a document, none. */
  readonly data: string;
  readonly target: string;
  previous: XPathNode | null = null;
  next: XPathNode | null = null;
  readonly #tree: XPathTree;
  #children: XPathNode[] | null = null;
  #attributes: XPathNode[] | null = null;

  constructor(tree: XPathTree, nodeType: NodeType, node: AnyNode, parent: XPathNode | null, attribute = '') {
    this.#tree = tree;
    this.nodeType = nodeType;
    this.node = node;
    this.parent = parent;
    this.nodeName = attribute !== '' ? attribute : isTag(node) ? node.name : '';
    this.localName = this.nodeName;
    this.prefix = '';
    this.namespaceURI = null;
    this.data = '';
    this.target = '';
    if (isTag(node)) {
      const isOfHtml = tree.syntax === 'html' && isHtmlElement(node);
      if (attribute !== '') {
        this.data = attributeValue(node, attribute) ?? '';
        // An attribute of an HTML element has no prefix, whatever its name.
        const colon = isOfHtml ? -1 : attribute.indexOf(':');
        this.prefix = attribute.slice(0, Math.max(colon, 0));
        this.localName = attribute.slice(colon + 1);
        this.namespaceURI = colon === -1 ? null : tree.namespaceOf(this.prefix, node);
      } else {
        this.localName = isOfHtml ? node.name : localName(node);
        this.prefix = this.localName === node.name ? '' : node.name.slice(0, -this.localName.length - 1);
        this.namespaceURI = node.namespace === '' ? null : (node.namespace ?? null);
      }
    } else if (isText(node) || isComment(node)) {
      this.data = node.data;
    } else if (isDirective(node)) {
      this.target = node.name.slice(1);
      this.data = node.data.slice(node.name.length).replace(/\?$/, '').trim();
    }
  }

  children(): readonly XPathNode[] {
    if (this.#children === null) {
      this.#children = [];
      let last: XPathNode | null = null;
      for (const node of 'children' in this.node && templateContent(this.node as Parent) === null ? this.node.children : []) {
        const type = typeOf(node);
        if (type === null) continue;
        const child: XPathNode = this.#tree.create(type, node, this);
        child.previous = last;
        if (last !== null) last.next = child;
        this.#children.push(child);
        last = child;
      }
    }
    return this.#children;
  }

  get attributes(): readonly XPathNode[] {
    if (this.#attributes !== null) return this.#attributes;
    const names = isTag(this.node) ? attributeNames(this.node) : [];
    const isDeclaration = (name: string): boolean => this.#tree.syntax === 'xml' && /^xmlns(?::|$)/.test(name);
    this.#attributes = names
      .filter((name) => !isDeclaration(name))
      .map((name) => new XPathNode(this.#tree, NODE_TYPE.attribute, this.node, this, name));
    return this.#attributes;
  }
}

function typeOf(node: AnyNode): NodeType | null {
  if (isTag(node)) return NODE_TYPE.element;
  if (isText(node)) return NODE_TYPE.text;
  if (isComment(node)) return NODE_TYPE.comment;
  // XPath knows no document types and no XML declarations.
  return isDirective(node) && node.name.startsWith('?') && node.name !== '?xml' ? NODE_TYPE.processingInstruction : null;
}

/** A document as XPath knows it: a node stands for each of the tree's once it is reached. */
export class XPathTree {
  readonly syntax: PageDocument['syntax'];
  readonly root: XPathNode;
  readonly #document: Document;
  readonly #known = new WeakMap<AnyNode, XPathNode>();
  #foreignAttributes: Set<string> | null = null;

  constructor({ syntax, tree }: PageDocument) {
    this.syntax = syntax;
    this.#document = tree;
    this.root = this.create(NODE_TYPE.document, tree, null);
  }

  create(type: NodeType, node: AnyNode, parent: XPathNode | null): XPathNode {
    const created = new XPathNode(this, type, node, parent);
    this.#known.set(node, created);
    return created;
  }

  /** The node that stands for one of the document's. */
  nodeOf(node: AnyNode): XPathNode {
    const unknown: AnyNode[] = [];
    let current: AnyNode | null = node;
    while (current !== null && !this.#known.has(current)) {
      unknown.push(current);
      current = current.parent;
    }
    // A parent makes all its children known.
    for (const below of unknown.reverse()) this.#known.get(below.parent ?? this.#document)?.children();
    return this.#known.get(node) ?? this.root;
  }

  /** Whether an element of SVG or MathML has this attribute, whose name is not in lower case: those of HTML elements are. */
  hasForeignAttribute(name: string): boolean {
    if (name === asciiLowercase(name)) return false;
    if (this.#foreignAttributes === null) {
      this.#foreignAttributes = new Set();
      for (const element of descendantElements(this.#document)) {
        if (isHtmlElement(element)) continue;
        for (const each of attributeNames(element)) this.#foreignAttributes.add(each);
      }
    }
    return this.#foreignAttributes.has(name);
  }

  /** What a prefix of an attribute stands for. */
  namespaceOf(prefix: string, element: Parent): string | null {
    for (let parent: Parent | null = element; parent !== null && isTag(parent); parent = parent.parent as Parent | null) {
      const declared = this.syntax === 'xml' ? attributeValue(parent, `xmlns:${prefix}`) : null;
      if (declared !== null) return declared;
    }
    return KNOWN_PREFIXES[prefix] ?? null;
  }

  /**
   * What a prefix of an expression stands for: in XML what the document element declares. A name without one is an HTML element's in
   * HTML. https://html.spec.whatwg.org/multipage/infrastructure.html#interactions-with-xpath-and-xslt
   */
  resolvePrefix(prefix: string): string | null {
    if (this.syntax === 'html') return prefix === '' ? NAMESPACE.html : (KNOWN_PREFIXES[prefix] ?? null);
    const element = documentElement(this.#document);
    if (prefix === '') return element === null ? null : attributeValue(element, 'xmlns');
    return element === null ? null : this.namespaceOf(prefix, element);
  }
}

/** How the library walks such nodes. */
export const XPATH_FACADE: XPathFacade = {
  getAllAttributes: (node) => node.attributes,
  getAttribute: ({ attributes }, name: string) => attributes.find(({ nodeName }) => nodeName === name)?.data ?? null,
  getChildNodes: (node) => node.children(),
  getData: ({ data }) => data,
  getFirstChild: (node) => node.children()[0] ?? null,
  getLastChild: (node) => node.children().at(-1) ?? null,
  getNextSibling: ({ next }) => next,
  getParentNode: ({ parent }) => parent,
  getPreviousSibling: ({ previous }) => previous,
};
