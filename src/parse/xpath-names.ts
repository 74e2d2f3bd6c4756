import fontoxpath from 'fontoxpath';
import { asciiLowercase } from './tree.ts';

/**
 * An XPath expression whose names of HTML elements and of their attributes are in lower case, as those in an HTML document are: browsers match
 * them without regard to letter case. Variables, functions and what is text keep theirs, and so does an attribute that `isForeign` says other
 * elements have.
 *
 * @throws Error as the library does, for what is no XPath 3.1
 */
export function withLowerCaseNames(expression: string, isForeign: (attribute: string) => boolean): QueryNode {
  const options = { language: fontoxpath.evaluateXPath.XPATH_3_1_LANGUAGE, annotateAst: false };
  const query = fontoxpath.parseScript(expression, options, FACTORY);
  const nodes = [query];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    nodes.push(...node.childNodes);
    const isName = node.localName === 'nameTest' || (node.localName === 'QName' && node.parentNode?.localName === 'elementName');
    const name = node.childNodes[0];
    if (!isName || name === undefined || !isOfHtml(node) || (isOfAttribute(node) && isForeign(name.data))) continue;
    name.data = asciiLowercase(name.data);
  }
  return query;
}

/** In `@name`. A name test comes right behind its axis. */
function isOfAttribute({ previousSibling }: QueryNode): boolean {
  return previousSibling?.localName === 'xpathAxis' && previousSibling.childNodes[0]?.data === 'attribute';
}

function isOfHtml({ attributes }: QueryNode): boolean {
  const prefix = attributes.find(({ localName }) => localName === 'prefix')?.data;
  return prefix === '' || prefix === 'html';
}

/** A node of an expression in XQueryX, with as much of the DOM as the library asks for. https://www.w3.org/TR/xqueryx-31/ */
export class QueryNode {
  readonly nodeType: number;
  readonly namespaceURI: string | null;
  readonly nodeName: string;
  readonly prefix: string;
  readonly localName: string;
  /** Of a text, a comment and an attribute. */
  data: string;
  readonly attributes: QueryNode[] = [];
  readonly childNodes: QueryNode[] = [];
  parentNode: QueryNode | null = null;
  previousSibling: QueryNode | null = null;
  nextSibling: QueryNode | null = null;

  constructor(nodeType: number, namespace: string | null, name: string, data: string) {
    this.nodeType = nodeType;
    this.namespaceURI = namespace;
    this.nodeName = name;
    this.prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : '';
    this.localName = name.slice(name.indexOf(':') + 1);
    this.data = data;
  }

  get value(): string {
    return this.data;
  }

  get firstChild(): QueryNode | null {
    return this.childNodes[0] ?? null;
  }

  get lastChild(): QueryNode | null {
    return this.childNodes.at(-1) ?? null;
  }

  /** The library never inserts but at the end. */
  insertBefore(node: QueryNode): QueryNode {
    node.parentNode = this;
    node.previousSibling = this.lastChild;
    if (node.previousSibling !== null) node.previousSibling.nextSibling = node;
    this.childNodes.push(node);
    return node;
  }

  setAttributeNS(namespace: string, name: string, value: string): void {
    this.attributes.push(new QueryNode(2, namespace, name, value));
  }

  getAttributeNS(namespace: string | null, name: string): string | null {
    return this.attributes.find(({ localName, namespaceURI }) => localName === name && namespaceURI === namespace)?.data ?? null;
  }
}

const FACTORY = {
  createElementNS: (namespace: string, name: string) => new QueryNode(1, namespace, name, ''),
  createTextNode: (text: string) => new QueryNode(3, null, '', text),
  createComment: (text: string) => new QueryNode(8, null, '', text),
};
