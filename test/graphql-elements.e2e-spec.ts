import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, GraphQLAnswer } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { metric } from './support/metrics.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

const HTML = `<!DOCTYPE html><title>Shop</title><base href="http://shop.example/de/"><h1>Fruit</h1>
<ul id="list"><li class="item" data-ID="7"><a href="apple?a=1">Apple <b>red</b></a> <i>1.20</i></li>
<li class="item"><a href="/pear">Pear</a><!-- sold out --><i>2.40</i></li>
<li>Nothing</li></ul><p><a href="https://elsewhere.example/">Elsewhere</a>`;

describe('elements as a graph', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval({ GRAPHQL_MAX_DEPTH: '40', PARSE_TIMEOUT_MS: '2500' });
  });

  afterAll(() => retrieval.close());

  type Tree = Record<string, unknown>;
  const ask = (fields: string, html = HTML, declared = ''): Promise<Answer<GraphQLAnswer<{ document: Tree | null }>>> =>
    retrieval.app.graphql(`query ($html: String!${declared}) { document(html: $html) { ${fields} } }`, { html });
  async function found(fields: string, html = HTML, declared = ''): Promise<Tree> {
    const { json } = await ask(fields, html, declared);
    expect(json.errors).toBeUndefined();
    return json.data!.document!;
  }
  const problemsOf = ({ json }: Answer<GraphQLAnswer<unknown>>): Problem[] =>
    (json.errors ?? []).map(({ extensions }) => extensions.problem as Problem);

  it('are asked for their attributes, for what is in them and for what stands around them', async () => {
    const tree = await found(`select(selector: "li.item") { total elements {
      id: attribute(name: "data-id") missing: attribute(name: "nope")
      price: select(selector: "> i") { total elements { text previous { name } } }
      link: select(xpath: "a/@href") { values }
      parent { name parent { name parent { name parent { name } } } }
      children(limit: 1) { name html }
      next { text next { name next { name } } }
    } }`);
    expect(tree).toEqual({
      select: {
        total: 2,
        elements: [
          {
            id: '7',
            missing: null,
            price: { total: 1, elements: [{ text: '1.20', previous: { name: 'a' } }] },
            link: { values: ['apple?a=1'] },
            parent: { name: 'ul', parent: { name: 'body', parent: { name: 'html', parent: null } } },
            children: [{ name: 'a', html: '<a href="apple?a=1">Apple <b>red</b></a>' }],
            next: { text: 'Pear2.40', next: { name: 'li', next: null } },
          },
          {
            id: null,
            missing: null,
            price: { total: 1, elements: [{ text: '2.40', previous: { name: 'a' } }] },
            link: { values: ['/pear'] },
            parent: { name: 'ul', parent: { name: 'body', parent: { name: 'html', parent: null } } },
            children: [{ name: 'a', html: '<a href="/pear">Pear</a>' }],
            next: { text: 'Nothing', next: null },
          },
        ],
      },
    });
  });

  it('tell of the links in them what is told of the links of the document', async () => {
    const parts =
      'baseUrl baseSource total links { href url text kind nearestHeading landmark inNav occurrence occurrences position { index line offset } }';
    const tree = await found(`links { ${parts} } select(selector: "li, p > a") { elements { links { ${parts} } } }`);
    interface Links {
      baseUrl: string;
      total: number;
      links: object[];
    }
    const whole = tree['links'] as Links;
    const { elements } = tree['select'] as { elements: { links: Links }[] };
    expect(whole.links).toHaveLength(3);
    expect(whole.baseUrl).toBe('http://shop.example/de/');
    expect(elements.flatMap(({ links }) => links.links)).toEqual(whole.links);
    expect(elements.map(({ links }) => links.total)).toEqual([1, 1, 0, 1]);
  });

  it('page through what is in them', async () => {
    const tree = await found(
      'tags(tag: "ul") { tags { select(selector: "li", limit: 1, offset: 1) { total elements { text } } children(offset: 2) { text } } }',
    );
    expect(tree).toEqual({ tags: { tags: [{ select: { total: 3, elements: [{ text: 'Pear2.40' }] }, children: [{ text: 'Nothing' }] }] } });
  });

  it('under aliases, within fragments, by variables, with @skip and @include', async () => {
    const tree = await found(
      `
      one: select(selector: "li", limit: 1) { elements { ...Parts x: attribute(name: "class") text: attribute(name: $name) } }
      two: select(selector: "li", limit: 1) { elements { x: attribute(name: "data-id") ... on Element { first: children(limit: 1) { text } first: children(limit: 1) { name } } } }
    } ...More } fragment Parts on Element { words: text html @include(if: $no) name @skip(if: $yes) next @include(if: $yes) { name } }
    fragment More on Query { __typename encode(text: "x") { text`,
      HTML,
      ', $yes: Boolean = true, $no: Boolean = false, $name: String! = "href"',
    );
    expect(tree).toEqual({
      one: { elements: [{ words: 'Apple red 1.20', next: { name: 'li' }, x: 'item', text: null }] },
      two: { elements: [{ x: '7', first: [{ text: 'Apple red', name: 'a' }] }] },
    });
  });

  it('whose members are called as what objects have anyway', async () => {
    const tree = await found(
      'select(selector: "a", limit: 1) { elements { __proto__: text constructor: attribute(name: "__proto__") toString: attribute(name: "href") __typename } }',
    );
    expect(JSON.stringify(tree)).toBe(
      '{"select":{"elements":[{"__proto__":"Apple red","constructor":null,"toString":"apple?a=1","__typename":"Element"}]}}',
    );
  });

  it('are answered in one go, all views of a page together', async () => {
    const { snapshot } = await retrieval.fetched('/page1.htm');
    const before = await metric(retrieval.app, 'parse_tasks_total{outcome="ok"}');
    const { json } = await retrieval.app.graphql(
      `query ($id: String!, $same: ID!) {
        page(snapshot: $id) { links { total } metadata { title } text { text }
          select(selector: "p") { elements { select(selector: "a") { elements { parent { links { total } } next { name } } } } } }
        same: snapshot(id: $same) { tags(tag: "h1") { tags { next { children { text } } } } }
      }`,
      { id: snapshot, same: snapshot },
    );
    expect(json.errors).toBeUndefined();
    expect(json.data).toMatchObject({
      page: { links: { total: 1 } },
      same: { tags: { tags: [{ next: { children: [{ text: 'Second Page' }] } }] } },
    });
    expect((await metric(retrieval.app, 'parse_tasks_total{outcome="ok"}')) - before).toBe(1);
  });

  it('of XML, whose names keep their letter case', async () => {
    const { json } = await retrieval.app.graphql<{ page: Tree }>(
      'query ($url: String!) { page(url: $url) { select(xpath: "/*") { elements { name parent { name } children(limit: 1) { name previous { name } } } } } }',
      { url: `${retrieval.origin.url}/feed/rss` },
    );
    expect(json.data?.page).toEqual({
      select: { elements: [{ name: 'rss', parent: null, children: [{ name: 'channel', previous: null }] }] },
    });
  });

  it.each([
    [
      'a selector within an element',
      'select(selector: "ul") { elements { select(selector: "li[") { total } } }',
      'INVALID_SELECTOR',
      'selector',
    ],
    ['neither a selector nor an XPath', 'select(selector: "ul") { elements { select { total } } }', 'INVALID_REQUEST', 'selector'],
    ['a limit of none', 'select(selector: "ul") { elements { children(limit: 0) { name } } }', 'INVALID_REQUEST', 'limit'],
    [
      'a regular expression within an element',
      'select(selector: "ul") { elements { links(method: REGEX) { total } } }',
      'INVALID_REQUEST',
      'method',
    ],
    ['nothing to follow', 'links(follow: {first: 0}) { total }', 'INVALID_REQUEST', 'follow.first'],
  ])('refuse %s once, and answer the rest', async (_what, field, code, parameter) => {
    const answer = await ask(`wrong: ${field} links { total }`);
    expect(answer.json.data?.document).toEqual({ wrong: null, links: { total: 3 } });
    expect(problemsOf(answer)).toMatchObject([{ code, errors: [{ parameter }] }]);
    expect(answer.json.errors?.[0]?.path).toEqual(['document', 'wrong']);
  });

  describe('of a page made to cost much', () => {
    const deep = '<div>'.repeat(1500);

    it('are passed by so often and no more, where they lie within one another', async () => {
      const answer = await ask(
        'tags(tag: "div") { tags { select(selector: "div") { elements { select(selector: "div") { total } } } } } links { total }',
        deep,
      );
      expect(answer.json.data?.document).toEqual({ tags: null, links: { total: 0 } });
      expect(problemsOf(answer)[0]?.code).toBe('PARSE_LIMIT_EXCEEDED');
    });

    it('are not answered by more than an answer may have', async () => {
      const wide = `<ul>${'<li>'.repeat(3000)}</ul>`;
      const names = '{ children { parent { children { name } } } }';
      const answer = await ask(`tags(tag: "ul") { tags ${names} } links { total }`, wide);
      expect(answer.json.data?.document).toEqual({ tags: null, links: { total: 0 } });
      expect(problemsOf(answer)[0]?.code).toBe('PARSE_LIMIT_EXCEEDED');
    });

    it('do not keep the other views of the page from being answered, when one takes all its time', async () => {
      const slow = `${'<div>'.repeat(400)}<a href=x>x</a>`;
      const answer = await ask('slow: select(xpath: "for $a in //*, $b in //*, $c in //* return 1") { total } links { total }', slow);
      expect(answer.json.data?.document).toEqual({ slow: null, links: { total: 1 } });
      expect(problemsOf(answer)).toMatchObject([{ code: 'PARSE_LIMIT_EXCEEDED' }]);
    });

    it('are read through as deep as the tree is', async () => {
      const tree = await found(
        `select(selector: "div:not(:has(div))") { elements ${'{ parent '.repeat(20)} { name } ${'}'.repeat(20)} }`,
        deep,
      );
      expect(JSON.stringify(tree)).toContain('"name":"div"');
    });
  });
});
