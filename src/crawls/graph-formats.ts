import { csvCells, csvHeader } from '../formats/csv.ts';
import { LIST_FORMATS } from '../formats/list-format.ts';
import type { CrawlEdgeKind, CrawlGraphEdge, CrawlGraphNode } from './crawl-graph.model.ts';

/** The forms in which a graph is answered. */
export const GRAPH_FORMATS = {
  json: LIST_FORMATS.json,
  graphml: {
    mediaType: 'application/graphml+xml',
    contentType: 'application/graphml+xml; charset=utf-8',
    extension: 'graphml',
    disposition: 'attachment',
  },
  // https://www.iana.org/assignments/media-types/text/vnd.graphviz
  dot: { mediaType: 'text/vnd.graphviz', contentType: 'text/vnd.graphviz; charset=utf-8', extension: 'dot', disposition: 'attachment' },
  csv: LIST_FORMATS.csv,
} as const;

/** One of {@link GRAPH_FORMATS}. */
export type GraphFormat = keyof typeof GRAPH_FORMATS;

/** A graph part by part: first all of its nodes, then its edges. */
export interface GraphParts {
  nodes: AsyncIterable<readonly CrawlGraphNode[]>;
  edges: AsyncIterable<readonly CrawlGraphEdge[]>;
  /** The URLs of pages, by their indexes. */
  urlsOf: (indexes: readonly number[]) => Promise<ReadonlyMap<number, string>>;
}

/** The columns of edges as a table. */
export const EDGE_COLUMNS = ['from', 'fromUrl', 'to', 'toUrl', 'kind', 'nofollow'];

/** Edges as CSV. */
export async function* csvOf({ edges, urlsOf }: GraphParts): AsyncGenerator<string> {
  yield csvHeader(EDGE_COLUMNS);
  for await (const part of edges) {
    const urls = await urlsOf(part.flatMap(({ from, to }) => [from, to]));
    yield part
      .map(({ from, to, kind, nofollow }) => csvCells([from, urls.get(from) ?? '', to, urls.get(to) ?? '', kind, nofollow]))
      .join('');
  }
}

type Keys<Model> = readonly (readonly [Extract<keyof Model, string>, 'string' | 'int' | 'double' | 'boolean'])[];

const NODE_KEYS: Keys<CrawlGraphNode> = [
  ['url', 'string'],
  ['title', 'string'],
  ['depth', 'int'],
  ['state', 'string'],
  ['status', 'int'],
  ['inDegree', 'int'],
  ['outDegree', 'int'],
  ['rank', 'double'],
];
const EDGE_KEYS: Keys<CrawlGraphEdge> = [
  ['kind', 'string'],
  ['nofollow', 'boolean'],
];

/** A graph as GraphML. http://graphml.graphdrawing.org/specification.html */
export async function* graphmlOf({ nodes, edges }: GraphParts): AsyncGenerator<string> {
  const keysOf = (what: 'node' | 'edge', keys: Keys<never>): string =>
    keys.map(([name, type]) => `<key id="${name}" for="${what}" attr.name="${name}" attr.type="${type}"/>\n`).join('');
  yield `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
${keysOf('node', NODE_KEYS)}${keysOf('edge', EDGE_KEYS)}<graph id="crawl" edgedefault="directed">
`;
  for await (const part of nodes)
    yield part.map((node) => `<node id="n${String(node.index)}">${xmlData(node, NODE_KEYS)}</node>\n`).join('');
  for await (const part of edges) {
    yield part
      .map((edge) => `<edge source="n${String(edge.from)}" target="n${String(edge.to)}">${xmlData(edge, EDGE_KEYS)}</edge>\n`)
      .join('');
  }
  yield '</graph>\n</graphml>\n';
}

function xmlData<Model>(model: Model, keys: Keys<Model>): string {
  return keys
    .map(([name]) => {
      const value = model[name] as string | number | boolean | null;
      return value === null ? '' : `<data key="${name}">${typeof value === 'string' ? xmlText(value) : String(value)}</data>`;
    })
    .join('');
}

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** Text of an element. What XML has no way to write is a replacement character. https://www.w3.org/TR/xml/#charsets */
function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>\r]/g, (character) => REFERENCES[character] ?? character);
}

/** How an edge is drawn. */
const STYLES: Readonly<Record<CrawlEdgeKind, string>> = { link: '', redirect: ' [style=dashed, kind=redirect]', canonical: ' [style=dotted, kind=canonical]' }; // prettier-ignore

/** A graph in the language of Graphviz. https://graphviz.org/doc/info/lang.html */
export async function* dotOf({ nodes, edges }: GraphParts): AsyncGenerator<string> {
  yield 'digraph crawl {\n  node [shape=box];\n';
  for await (const part of nodes) {
    yield part
      .map(({ index, url, title, status, state, depth, rank, inDegree, outDegree }) => {
        const shown = title === null || title === '' ? url : title;
        const numbers = { status, depth, inDegree, outDegree, pageRank: rank };
        const said = Object.entries(numbers).flatMap(([name, value]) => (value === null ? [] : [`${name}=${dotNumber(value)}`]));
        const attributes = [`label=${dotText(shown)}`, `URL=${dotText(url)}`, `tooltip=${dotText(url)}`, `state=${state}`, ...said];
        return `  n${String(index)} [${attributes.join(', ')}];\n`;
      })
      .join('');
  }
  for await (const part of edges) {
    yield part
      .map(({ from, to, kind, nofollow }) => {
        const style = nofollow ? ' [color=gray, nofollow=true]' : STYLES[kind];
        return `  n${String(from)} -> n${String(to)}${style};\n`;
      })
      .join('');
  }
  yield '}\n';
}

/** A number of DOT has no exponent. */
function dotNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? `"${text}"` : text;
}

/**
 * A quoted string of DOT whose attribute is an escString: there a backslash begins an escape (`\N` is the name of the node), and what looks like a
 * character reference of HTML is taken for one. https://graphviz.org/docs/attr-types/escString/
 */
function dotText(text: string): string {
  const plain = text.toWellFormed().replace(/[\u0000-\u001f\u007f]+/g, ' '); // eslint-disable-line no-control-regex -- what a line of text has none of
  return `"${plain
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/&(?=#?\w+;)/g, '&amp;')}"`;
}
