import { type ChildNode, type Element, isComment, isDirective, isTag, isText, type ParentNode } from 'domhandler';
import { attributeNames, isHtmlElement, localName, type Parent, templateContent } from './tree.ts';

/** How a tree is written: HTML leaves out what void elements and raw text need not have. */
export type Syntax = 'html' | 'xml';

/** An element's markup in its three parts; `end` is empty where there is no end tag. */
export interface ElementMarkup {
  start: string;
  /** Each child node's markup, in order; of a template, each of its content. */
  contents: string[];
  end: string;
}

/**
 * Serialises an element and each of its children. `spend` is called with every piece of a child's and may throw to end it.
 * https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments
 */
export function serializeElement(element: Element, syntax: Syntax, spend: (piece: string) => string): ElementMarkup {
  const start = startTag(element, syntax);
  const end = endTag(element, syntax);
  const contents = end === '' ? [] : childrenToSerialize(element).map((child) => serializeNode(child, syntax, spend));
  return { start, contents, end };
}

/** Serialises a node with all that is in it. Keeps the open elements itself: the depth of a tree is the page's choice. */
export function serializeNode(root: ChildNode, syntax: Syntax, spend: (piece: string) => string): string {
  const open: { element: Element; children: readonly ChildNode[]; next: number }[] = [];
  // Joined at the end: a string put together piece by piece takes several times the room of its text.
  const pieces: string[] = [];
  let node: ChildNode | undefined = root;
  for (;;) {
    if (node === undefined) {
      const closed = open.pop();
      if (closed === undefined) break;
      pieces.push(spend(endTag(closed.element, syntax)));
    } else if (isTag(node)) {
      pieces.push(spend(startTag(node, syntax)));
      if (endTag(node, syntax) !== '') open.push({ element: node, children: childrenToSerialize(node), next: 0 });
    } else {
      pieces.push(spend(leaf(node, syntax)));
    }
    const parent = open.at(-1);
    if (parent === undefined) break;
    node = parent.children[parent.next++];
  }
  return pieces.join('');
}

function childrenToSerialize(node: Parent): readonly ChildNode[] {
  return (templateContent(node) ?? node).children;
}

function startTag(element: Element, syntax: Syntax): string {
  let markup = `<${element.name}`;
  for (const name of attributeNames(element)) markup += ` ${name}="${escapeAttribute(element.attribs[name] ?? '', syntax)}"`;
  return markup + (syntax === 'xml' && element.children.length === 0 ? '/>' : '>');
}

function endTag(element: Element, syntax: Syntax): string {
  const isVoid = syntax === 'xml' ? element.children.length === 0 : isHtmlElement(element) && VOID.has(element.name);
  return isVoid ? '' : `</${element.name}>`;
}

function leaf(node: Exclude<ChildNode, Element>, syntax: Syntax): string {
  if (isText(node)) return isRaw(node.parent, syntax) ? node.data : escapeText(node.data, syntax);
  if (isComment(node)) return `<!--${node.data}-->`;
  // parse5 keeps a document type as a directive that begins with an exclamation mark; XML's instructions end with their question mark.
  return isDirective(node) ? `<${node.data}>` : '';
}

function isRaw(parent: ParentNode | null, syntax: Syntax): boolean {
  return syntax === 'html' && parent !== null && isTag(parent) && isHtmlElement(parent) && RAW_TEXT.has(localName(parent));
}

/** https://html.spec.whatwg.org/multipage/parsing.html#escapingString */
function escapeText(text: string, syntax: Syntax): string {
  if (!/[&\u00a0<>\r]/.test(text)) return text;
  return text.replace(syntax === 'html' ? /[&\u00a0<>]/g : /[&<>\r]/g, (character) => ESCAPES[character] ?? character);
}

function escapeAttribute(value: string, syntax: Syntax): string {
  if (!/[&\u00a0<>"\t\n\r]/.test(value)) return value;
  return value.replace(syntax === 'html' ? /[&\u00a0<>"]/g : /[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '\u00a0': '&nbsp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** https://html.spec.whatwg.org/multipage/parsing.html#serializes-as-void */
const VOID: ReadonlySet<string> = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(' '),
);

/** Elements whose text is written as it is; `noscript` is not among them, as scripts are not run. */
const RAW_TEXT: ReadonlySet<string> = new Set('style script xmp iframe noembed noframes plaintext'.split(' '));
