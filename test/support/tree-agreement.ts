import { type ChildNode, type Document, isComment, isDirective, isDocument, isTag, isText } from 'domhandler';
import { parse, type TreeAdapter } from 'parse5';
import type { Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { countingTreeAdapter, parseHtml } from '../../src/parse/html-parser.ts';
import type { TagAttributes } from '../../src/parse/html-tokenizer.ts';
import { attributeNames, attributeValue } from '../../src/parse/tree.ts';
import { createTreeCount, DEFAULT_PARSE_LIMITS } from '../../src/parse/tree-limits.ts';

/** The tree that parse5 makes with its own tokenizer. */
function referenceTree(text: string): Document {
  const adapter = countingTreeAdapter(createTreeCount(DEFAULT_PARSE_LIMITS, null));
  // An element made again from one start tag begins where the first did, of which the parser tells nothing.
  const starts = new Map<TagAttributes, number>();
  let made: TagAttributes = [];
  const treeAdapter: TreeAdapter<Htmlparser2TreeAdapterMap> = {
    ...adapter,
    createElement(name, namespace, attributes) {
      made = attributes;
      const element = adapter.createElement(name, namespace, attributes);
      element.startIndex = starts.get(attributes) ?? null;
      return element;
    },
    setNodeSourceCodeLocation(node, location) {
      if (!location || !('attribs' in node)) return;
      starts.set(made, location.startOffset);
      node.startIndex = location.startOffset;
    },
  };
  return parse<Htmlparser2TreeAdapterMap>(text, { scriptingEnabled: false, sourceCodeLocationInfo: true, treeAdapter });
}

/** All there is to a tree, a line a node: depth, kind, name, namespace, attributes in order, place, data; and whether its links fit. */
function linesOf(tree: Document): string[] {
  const lines: string[] = [];
  const open: { node: Document | ChildNode; depth: number }[] = [{ node: tree, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    lines.push(`${String(depth)} ${lineOf(node)}`);
    if (!('children' in node)) continue;
    node.children.forEach((child, index) => {
      const isLinked = child.parent === node && child.prev === (node.children[index - 1] ?? null);
      if (!isLinked || child.next !== (node.children[index + 1] ?? null)) lines.push('badly linked');
    });
    for (const child of node.children.toReversed()) open.push({ node: child, depth: depth + 1 });
  }
  return lines;
}

function lineOf(node: Document | ChildNode): string {
  if (isDocument(node)) return `document ${node['x-mode'] ?? ''}`;
  if (isTag(node)) {
    const attributes = attributeNames(node).map((name) => [name, attributeValue(node, name)]);
    return `${node.namespace ?? ''} ${node.name} ${JSON.stringify(attributes)} at ${String(node.startIndex)}`;
  }
  // For several NUL in foreign content parse5 has one U+FFFD, the standard as many.
  if (isText(node)) return `text ${JSON.stringify(node.data.replace(/\uFFFD+/g, '\uFFFD'))}`;
  if (isComment(node)) return `comment ${JSON.stringify(node.data)}`;
  if (isDirective(node)) return `doctype ${JSON.stringify([node['x-name'], node['x-publicId'], node['x-systemId']])}`;
  return node.type;
}

function outcomeOf(read: () => Document): string[] {
  try {
    return linesOf(read());
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Where the tree of a text differs from the one that parse5 makes with its own tokenizer: the lines from there on; null where it does not. */
export function differenceOfTrees(text: string): { ours: string[]; reference: string[] } | null {
  const ours = outcomeOf(() => parseHtml(text, DEFAULT_PARSE_LIMITS, null));
  const reference = outcomeOf(() => referenceTree(text));
  for (let index = 0; index < Math.max(ours.length, reference.length); index++) {
    if (ours[index] !== reference[index]) return { ours: ours.slice(index, index + 3), reference: reference.slice(index, index + 3) };
  }
  return null;
}
