import { type Element, isTag } from 'domhandler';
import fontoxpath from 'fontoxpath';
import { ProblemError } from '../api/problem.ts';
import type { PageDocument } from './document.ts';
import { descendantText, type Parent } from './tree.ts';
import { withLowerCaseNames } from './xpath-names.ts';
import { NODE_TYPE, XPATH_FACADE, XPathNode, XPathTree } from './xpath-tree.ts';

/** What an expression may give: elements, and of everything else its value. Numbers that JSON lacks are text: `NaN`, `INF`, `-INF`. */
export type XPathItem = Element | string | number | boolean;

/** An XPath expression, to be evaluated as often as there are elements to begin at. */
export interface XPathExpression {
  /**
   * What it gives with `root` as the context item, in its order.
   *
   * @throws Error that says why it gives nothing; ProblemError `PARSE_LIMIT_EXCEEDED` where it calls itself or others too deep
   */
  items(root: Parent): XPathItem[];
}

const trees = new WeakMap<PageDocument, XPathTree>();

/** Expressions that the library has read, which it keeps for good. */
const known = new Set<string>();
const MOST_KNOWN = 1000;

/**
 * XPath 3.1 on a document: names without a prefix are of HTML elements in HTML, letter case ignored, and in XML those that the document element's own
 * declarations say. An expression reaches nothing but the document. https://www.w3.org/TR/xpath-31/
 */
export function createXPath(document: PageDocument, expression: string): XPathExpression {
  return {
    items(root) {
      const tree = treeOf(document);
      return evaluate(tree, expression, tree.nodeOf(root)).map(itemOf);
    },
  };
}

/**
 * Says where an expression is no XPath, or asks for what is not there, without searching for anything.
 *
 * @throws Error that says what of it cannot be read
 */
export function checkXPath(document: PageDocument, expression: string): void {
  const { root } = treeOf(document);
  try {
    // What is never begun is read all the same.
    evaluate(treeOf(document), `if (false()) then (\n${expression}\n) else ()`, root);
  } catch {
    // The places in its reasons are those of the expression itself.
    evaluate(treeOf(document), expression, root);
  }
}

function treeOf(document: PageDocument): XPathTree {
  const tree = trees.get(document) ?? new XPathTree(document);
  trees.set(document, tree);
  return tree;
}

function evaluate(tree: XPathTree, expression: string, context: XPathNode): unknown[] {
  for (const [, uri = ''] of expression.matchAll(/\bQ\{([^{}]*)\}/g)) {
    if (!isForElements(uri)) throw new Error(`Q{${uri}} is no namespace of elements`);
  }
  if (known.size < MOST_KNOWN) known.add(expression);
  try {
    const read =
      tree.syntax === 'html' && /[A-Z]/.test(expression)
        ? withLowerCaseNames(expression, (name) => tree.hasForeignAttribute(name))
        : expression;
    return fontoxpath.evaluateXPath(read, context, XPATH_FACADE, null, fontoxpath.evaluateXPath.ALL_RESULTS_TYPE, {
      language: fontoxpath.evaluateXPath.XPATH_3_1_LANGUAGE,
      namespaceResolver: (prefix) => tree.resolvePrefix(prefix),
      functionNameResolver,
      disableCache: !known.has(expression),
      // It would write to standard output, where answers are written.
      logger: { trace: () => undefined },
    });
  } catch (error) {
    if (error instanceof RangeError) {
      const detail = `the XPath ${JSON.stringify(expression.trim())} takes more room than there is: begin nearer to what is wanted, or ask for less at a time`;
      throw new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { phase: 'parse', cause: error });
    }
    throw new Error(reasonOf(error as Error), { cause: error });
  }
}

const FUNCTIONS = 'http://www.w3.org/2005/xpath-functions';

/** The library's own functions read XQuery, and others find them by name: neither is XPath's business here. */
function functionNameResolver({ prefix, localName }: { prefix: string; localName: string }): { namespaceURI: string; localName: string } {
  const isOurs = prefix !== 'fontoxpath' && localName !== 'function-lookup';
  const namespaceURI = isOurs ? (prefix === '' || prefix === 'fn' ? FUNCTIONS : NAMESPACE_OF_FUNCTIONS[prefix]) : undefined;
  return { namespaceURI: namespaceURI ?? 'about:blank', localName };
}

const NAMESPACE_OF_FUNCTIONS: Readonly<Record<string, string>> = {
  xs: 'http://www.w3.org/2001/XMLSchema',
  math: `${FUNCTIONS}/math`,
  map: `${FUNCTIONS}/map`,
  array: `${FUNCTIONS}/array`,
};

function isForElements(uri: string): boolean {
  return !uri.includes('&') && !uri.includes('fontoxpath') && !uri.includes(FUNCTIONS);
}

/** `XPTY0004: …`, and where; without the picture that the library draws. https://www.w3.org/TR/xpath-31/#id-errors */
function reasonOf({ message }: Error): string {
  const [, code, said = message] = /\b([A-Z]{4}\d{4})\b:? ?([^\n]*)/.exec(message) ?? [];
  const [, line, column] = /at <>:(\d+):(\d+)/.exec(message) ?? [];
  const where = line === undefined || column === undefined ? '' : ` (line ${line}, column ${column})`;
  const advice =
    code === 'XPTY0004' && said.includes('Multiplicity') ? ' Where one is taken, XPath 3.1 wants to be told which: (…)[1].' : '';
  const reason = said.replace(/^, |Q\{[^}]*\}/g, '').replace(/ (?:No similar functions found\.|Did you mean.*)$/, '');
  return `${code === undefined ? '' : `${code}: `}${reason.slice(0, 300)}${where}${advice}`;
}

function itemOf(item: unknown): XPathItem {
  if (item instanceof XPathNode) {
    const { nodeType, node, data } = item;
    if (nodeType === NODE_TYPE.element && isTag(node)) return node;
    return nodeType === NODE_TYPE.document ? descendantText(node as Parent) : data;
  }
  if (typeof item === 'string' || typeof item === 'boolean') return item;
  if (typeof item === 'number') {
    return Number.isFinite(item) ? item : Number.isNaN(item) ? 'NaN' : item > 0 ? 'INF' : '-INF';
  }
  throw new Error('It gives what is neither a node nor text, a number or a boolean; string(…) makes text of a date');
}
