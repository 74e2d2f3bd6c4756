import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, TextAnswer } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

let retrieval: Retrieval;

beforeAll(async () => {
  retrieval = await startRetrieval();
});

afterAll(() => retrieval.close());

const at = (path: string): string => retrieval.origin.url + path;

describe('/text', () => {
  it('answers what a reader of a page sees', async () => {
    const { status, json } = await retrieval.app.get<TextAnswer>('/text', { url: at('/articles/tides') });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 200,
      scope: 'page',
      elements: null,
      title: 'The tides rise again today | The Harbour Post',
      language: 'en',
    });
    expect(json.text).toMatch(/^Home\nAbout\nThe tides rise again today\n\nThe tide came in/);
    expect(json.text).toContain('\nPort\tHigh\nNorth\t5 m\nSouth\t4 m\n');
    expect(json.characters).toBe(json.text.length);
    expect(json.lines).toBe(json.text.split('\n').length);
    expect(json).not.toHaveProperty('next');
  });

  it('answers the main article, and says where there is none', async () => {
    const { json } = await retrieval.app.get<TextAnswer>('/text', { url: at('/articles/tides'), scope: 'article' });
    expect(json).toMatchObject({ scope: 'article', title: 'The tides rise again today' });
    expect(json.text).not.toMatch(/About|reserved/);
    const none = await retrieval.app.get<TextAnswer>('/text', { url: at('/no-type/empty'), scope: 'article' });
    expect(none.json).toMatchObject({ scope: 'page', characters: 0, lines: 0, text: '' });
  });

  it('answers the elements that a selector matches, and refuses what is no selector', async () => {
    const { json } = await retrieval.app.get<TextAnswer>('/text', { url: at('/articles/tides'), selector: 'nav li' });
    expect(json).toMatchObject({ elements: 2, lines: 2, text: 'Home\nAbout' });
    const refused = await retrieval.app.get<Problem>('/text', { url: at('/articles/tides'), selector: 'nav[' });
    expect(refused.json).toMatchObject({ status: 400, code: 'INVALID_SELECTOR' });
    const both = await retrieval.app.get<Problem>('/text', { url: at('/articles/tides'), selector: 'nav', scope: 'article' });
    expect(both.json).toMatchObject({ status: 400, code: 'INVALID_REQUEST', errors: [{ parameter: 'selector' }] });
  });

  it('answers other text as it is, and says what has none', async () => {
    expect((await retrieval.app.get<TextAnswer>('/text', { url: at('/plain.txt') })).json).toMatchObject({
      title: null,
      text: 'one two two\nhref="http://example.com/in-text"\n',
    });
    expect((await retrieval.app.get<Problem>('/text', { url: at('/image.png') })).json).toMatchObject({
      status: 422,
      code: 'NOT_A_DOCUMENT',
    });
  });

  it('comes as plain text by the parameter and by Accept, with what is known of the target in header fields', async () => {
    const { json } = await retrieval.app.get<TextAnswer>('/text', { url: at('/articles/tides') });
    const byParameter = await retrieval.app.get('/text', { snapshot: json.snapshot, format: 'text' });
    expect(byParameter.text).toBe(json.text);
    expect(Object.fromEntries(byParameter.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'inline; filename="127.0.0.1-text.txt"',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'pagewire-snapshot': json.snapshot,
      'pagewire-status': '200',
      vary: 'Accept',
    });
    const path = `/text?snapshot=${json.snapshot}`;
    const byAccept = await retrieval.app.send(path, { headers: { accept: 'text/plain, */*;q=0.1' } });
    expect(byAccept.text).toBe(json.text);
    for (const accept of ['*/*', 'application/json, text/plain, */*', 'text/html,application/xhtml+xml,*/*;q=0.8', 'text/markdown']) {
      const answer = await retrieval.app.send<TextAnswer>(path, { headers: { accept } });
      expect([answer.headers.get('content-type'), answer.json.text]).toEqual(['application/json; charset=utf-8', json.text]);
    }
    expect((await retrieval.app.get<Problem>('/text', { snapshot: json.snapshot, format: 'csv' })).json).toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });

  it('reads a document that the caller sends', async () => {
    const html = '<!doctype html><p>a<p>b<table><tr><td>1<td>2</table>';
    const { json } = await retrieval.app.post<TextAnswer>('/text', { html });
    expect(json).toMatchObject({ snapshot: null, url: null, status: null, text: 'a\n\nb\n\n1\t2' });
    expect((await retrieval.app.post('/text', { html, format: 'text' })).text).toBe('a\n\nb\n\n1\t2');
  });

  it('is a field of a page in the graph', async () => {
    const query = `query ($url: String!) { page(url: $url) { all: text { scope title language characters lines text }
      article: text(scope: ARTICLE) { scope title } menu: text(selector: "nav li") { elements text } } }`;
    const { json } = await retrieval.app.graphql<{ page: Record<string, TextAnswer> }>(query, { url: at('/articles/tides') });
    const rest = await retrieval.app.get<TextAnswer>('/text', { url: at('/articles/tides') });
    const { scope, ...all } = json.data!.page['all']!;
    expect(rest.json).toMatchObject(all);
    expect([scope, json.data!.page['article']]).toEqual(['PAGE', { scope: 'ARTICLE', title: 'The tides rise again today' }]);
    expect(json.data!.page['menu']).toEqual({ elements: 2, text: 'Home\nAbout' });
  });
});
