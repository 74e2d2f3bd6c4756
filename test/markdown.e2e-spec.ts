import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MarkdownAnswer, Problem } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

let retrieval: Retrieval;

beforeAll(async () => {
  retrieval = await startRetrieval();
});

afterAll(() => retrieval.close());

const at = (path: string): string => retrieval.origin.url + path;

describe('/markdown', () => {
  it('answers the main article', async () => {
    const { status, json } = await retrieval.app.get<MarkdownAnswer>('/markdown', { url: at('/articles/tides') });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 200,
      scope: 'article',
      title: 'The tides rise again today',
      byline: 'Ada Quay',
      excerpt: 'Water, and more of it.',
      published: '2026-11-23T10:00:00.000Z',
      language: 'en',
    });
    expect(json.words).toBeGreaterThan(80);
    expect(json.markdown).not.toMatch(/About|reserved/);
    expect(json.markdown).toContain(`*All* of it is in [the tables](${at('/articles/tables')}).\n\n- Low: 1 m\n  - at dawn\n- High: 5 m\n`);
    expect(json.markdown).toContain('\n\n```js\nconst tide = 5 < 6;\n```\n\n');
    expect(json.markdown).toContain('| Port | High |\n| - | - |\n| North | 5 m |\n| South | 4 m |');
  });

  it('answers the whole page where that is asked for, and where there is no article', async () => {
    const { json } = await retrieval.app.get<MarkdownAnswer>('/markdown', { url: at('/articles/tides'), scope: 'page' });
    expect(json).toMatchObject({ scope: 'page', title: 'The tides rise again today | The Harbour Post' });
    expect(json.markdown.startsWith(`- [Home](${at('/')})\n- [About](${at('/about')})\n\n# The tides rise again today\n\n`)).toBe(true);
    const empty = await retrieval.app.post<MarkdownAnswer>('/markdown', { html: '<title>t</title>' });
    expect(empty.json).toMatchObject({ snapshot: null, scope: 'page', title: 't', words: 0, markdown: '' });
  });

  it('comes bare by the parameter and by Accept', async () => {
    const { json } = await retrieval.app.get<MarkdownAnswer>('/markdown', { url: at('/articles/tides') });
    const bare = await retrieval.app.get('/markdown', { snapshot: json.snapshot, format: 'markdown' });
    expect(bare.text).toBe(json.markdown);
    expect(bare.headers.get('content-type')).toBe('text/markdown; charset=utf-8; variant=GFM');
    expect(bare.headers.get('content-disposition')).toBe('inline; filename="127.0.0.1-markdown.md"');
    const accepted = await retrieval.app.send(`/markdown?snapshot=${json.snapshot}`, { headers: { accept: 'text/markdown' } });
    expect(accepted.text).toBe(json.markdown);
  });

  it('resolves the links of a document that the caller sends', async () => {
    const { json } = await retrieval.app.post<MarkdownAnswer>('/markdown', {
      html: '<p>See <a href="b">b</a>.',
      baseUrl: 'http://example.com/a/',
      scope: 'page',
    });
    expect(json.markdown).toBe('See [b](http://example.com/a/b).');
  });

  it('refuses what is no document', async () => {
    const { json } = await retrieval.app.get<Problem>('/markdown', { url: at('/plain.txt') });
    expect(json).toMatchObject({ status: 422, code: 'NOT_A_DOCUMENT' });
  });

  it('is a field of a page in the graph', async () => {
    const { json } = await retrieval.app.graphql<{ page: { markdown: object; whole: object } }>(
      `query ($url: String!) { page(url: $url) { markdown { scope title byline excerpt published language words markdown } whole: markdown(scope: PAGE) { scope } } }`,
      { url: at('/articles/tides') },
    );
    const rest = await retrieval.app.get<MarkdownAnswer>('/markdown', { url: at('/articles/tides') });
    expect(json.data?.page.whole).toEqual({ scope: 'PAGE' });
    expect(rest.json).toMatchObject({ ...json.data?.page.markdown, scope: 'article' });
  });
});
