import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { anyText, runs } from '../../test/support/property.ts';
import type { CrawlGraphEdge, CrawlGraphNode } from './crawl-graph.model.ts';
import { csvOf, dotOf, graphmlOf, type GraphParts } from './graph-formats.ts';

function nodeOf(index: number, title: string | null, url = `http://site.test/${String(index)}`): CrawlGraphNode {
  return { index, url, title, depth: 1, state: 'retrieved', status: 200, inDegree: 2, outDegree: 3, rank: 1.5e-9 };
}

const EDGES: CrawlGraphEdge[] = [
  { from: 0, to: 1, kind: 'link', nofollow: false },
  { from: 0, to: 0, kind: 'link', nofollow: true },
  { from: 1, to: 0, kind: 'redirect', nofollow: false },
  { from: 1, to: 0, kind: 'canonical', nofollow: false },
];

function partsOf(nodes: CrawlGraphNode[], edges = EDGES): GraphParts {
  const each = async function* <Entry>(entries: readonly Entry[]): AsyncGenerator<Entry[]> {
    for (const entry of entries) yield await Promise.resolve([entry]);
  };
  const urls = new Map(nodes.map(({ index, url }) => [index, url]));
  return { nodes: each(nodes), edges: each(edges), urlsOf: () => Promise.resolve(urls) };
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
  within: Element[];
}

/** Reads XML as XML is read: what is not well-formed is an error. */
function xmlOf(text: string): Element {
  const parser = new SaxesParser();
  const root: Element = { name: '', attributes: {}, text: '', within: [] };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes, text: '', within: [] };
    open.at(-1)?.within.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (piece) => (open.at(-1)!.text += piece));
  parser.write(text).close();
  return root.within[0]!;
}

const all = (element: Element, name: string): Element[] =>
  element.within.flatMap((each) => (each.name === name ? [each] : all(each, name)));
const dataOf = ({ within }: Element): Record<string, string> =>
  Object.fromEntries(within.map(({ attributes, text }) => [attributes['key'] ?? '', text]));

const HOSTILE = [
  '',
  'a "quoted" one',
  '<b>&amp;</b>',
  'back\\slash\\',
  '\\N \\G \\l',
  ']]>',
  "it's",
  '日本語 😀',
  'two\r\nlines\there',
  '=1+1',
];

describe('GraphML', () => {
  it('has the nodes and edges of a graph, each with what is known of it', async () => {
    const root = xmlOf(await textOf(graphmlOf(partsOf([nodeOf(0, 'One & <only>'), { ...nodeOf(1, null), status: null, rank: null }]))));
    expect([root.name, root.attributes['xmlns']]).toEqual(['graphml', 'http://graphml.graphdrawing.org/xmlns']);
    const keys = all(root, 'key').map(({ attributes }) => [attributes['for'], attributes['id'], attributes['attr.type']]);
    expect(keys.map(([what, id]) => `${String(what)} ${String(id)}`)).toEqual(
      expect.arrayContaining(['node url', 'node rank', 'edge kind', 'edge nofollow']),
    );
    expect(new Set(keys.map(([, id]) => id)).size).toBe(keys.length);
    const [graph] = all(root, 'graph');
    expect(graph?.attributes['edgedefault']).toBe('directed');
    const nodes = all(root, 'node');
    expect(nodes.map(({ attributes }) => attributes['id'])).toEqual(['n0', 'n1']);
    expect(dataOf(nodes[0]!)).toEqual({
      url: 'http://site.test/0', title: 'One & <only>', depth: '1', state: 'retrieved', status: '200', inDegree: '2', outDegree: '3', rank: '1.5e-9',
    }); // prettier-ignore
    expect(dataOf(nodes[1]!)).not.toHaveProperty('title');
    const edges = all(root, 'edge').map((edge) => [edge.attributes['source'], edge.attributes['target'], dataOf(edge)]);
    expect(edges).toEqual(
      EDGES.map(({ from, to, kind, nofollow }) => [`n${String(from)}`, `n${String(to)}`, { kind, nofollow: String(nofollow) }]),
    );
  });

  it('is well-formed, whatever titles say, and says them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(anyText, fc.constantFrom(...HOSTILE)), { maxLength: 5 }), async (titles) => {
        const root = xmlOf(await textOf(graphmlOf(partsOf(titles.map((title, index) => nodeOf(index, title)), [])))); // prettier-ignore
        const told = all(root, 'node').map((node) => dataOf(node)['title']);
        // What XML cannot write is replaced.
        const written = titles.map((title) => title.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')); // eslint-disable-line no-control-regex -- what XML forbids
        expect(told).toEqual(written);
      }),
      runs(300),
    );
  });
});

describe('DOT', () => {
  it('is read by Graphviz, whatever titles and URLs say', async () => {
    const graphviz = await Graphviz.load();
    const drawn = async (nodes: CrawlGraphNode[], edges: CrawlGraphEdge[]): Promise<Element> =>
      xmlOf(graphviz.dot(await textOf(dotOf(partsOf(nodes, edges))), 'svg'));
    const titles = HOSTILE.filter((title) => title !== '');
    const svg = await drawn(titles.map((title, index) => nodeOf(index, title, `http://site.test/?q="\\N&lt;&copy=1`)), EDGES); // prettier-ignore
    const shown = all(svg, 'g').flatMap((group) => all(group, 'g')).filter(({ attributes }) => attributes['class'] === 'node'); // prettier-ignore
    expect(shown.map((node) => all(node, 'title').map(({ text }) => text))).toEqual(titles.map((_, index) => [`n${String(index)}`]));
    const texts = shown.map((node) => all(node, 'text').map(({ text }) => text.replaceAll('\u00a0', ' ').trim()));
    expect(texts).toEqual(titles.map((title) => [title.replace(/[\r\n\t]+/g, ' ')]));
    const links = shown.map((node) => all(node, 'a')[0]?.attributes['xlink:href']);
    expect(new Set(links)).toEqual(new Set(['http://site.test/?q="\\N&lt;&copy=1']));
    const edges = all(svg, 'g').flatMap((group) => all(group, 'g')).filter(({ attributes }) => attributes['class'] === 'edge'); // prettier-ignore
    expect(edges.map((edge) => all(edge, 'title').map(({ text }) => text)).flat().sort()).toEqual(['n0->n0', 'n0->n1', 'n1->n0', 'n1->n0']); // prettier-ignore
    // A page without a title is shown by its URL.
    expect(all(await drawn([nodeOf(0, null)], []), 'text').map(({ text }) => text)).toEqual(['http://site.test/0']);
    expect(all(await drawn([], []), 'text')).toEqual([]);
  });

  it('is one statement a line, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { maxLength: 5 }), async (titles) => {
        const text = await textOf(dotOf(partsOf(titles.map((title, index) => nodeOf(index, title, title)), EDGES))); // prettier-ignore
        const lines = text.trimEnd().split('\n');
        expect(lines.length).toBe(3 + titles.length + EDGES.length);
        for (const line of lines.slice(2, -1))
          expect(line).toMatch(/^ {2}n\d+( -> n\d+)?( \[\w+=("([^"\\]|\\["\\])*"|[\w.]+)(, \w+=("([^"\\]|\\["\\])*"|[\w.]+))*\])?;$/);
      }),
      runs(300),
    );
  });
});

describe('edges as CSV', () => {
  it('have a line each, with the URLs of their ends', async () => {
    const text = await textOf(csvOf(partsOf([nodeOf(0, null), nodeOf(1, null, 'http://site.test/?a="b",c')])));
    const [names, ...lines]: string[][] = parse(text);
    expect(names).toEqual(['from', 'fromUrl', 'to', 'toUrl', 'kind', 'nofollow']);
    expect(lines[0]).toEqual(['0', 'http://site.test/0', '1', 'http://site.test/?a="b",c', 'link', 'false']);
    expect(lines.map((line) => line[4])).toEqual(EDGES.map(({ kind }) => kind));
  });
});
