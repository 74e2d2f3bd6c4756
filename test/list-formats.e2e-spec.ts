import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from './support/app.ts';
import type { LinksAnswer, Problem } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const;

let retrieval: Retrieval;

beforeAll(async () => {
  retrieval = await startRetrieval({ CORS_ORIGINS: 'https://app.example' });
});

afterAll(() => retrieval.close());

function ask(path: string, query = '', headers: Readonly<Record<string, string>> = {}): Promise<Answer<LinksAnswer>> {
  return retrieval.app.send(`/links?url=${encodeURIComponent(retrieval.origin.url + path)}${query}`, { headers });
}

/** The targets of a `Link` field by their relation, of each the first. */
function relations({ headers }: Answer<unknown>): Record<string, string> {
  const links = [...(headers.get('link') ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g)].map(
    ([, target = '', rel = '']) => [rel, target] as const,
  );
  return Object.fromEntries(links.reverse());
}

describe('a list of links', () => {
  it.each(Object.entries(TYPES))('comes as %s by the parameter, and by Accept, byte for byte', async (format, type) => {
    const byParameter = await ask('/links/kinds', `&format=${format}`);
    expect([byParameter.status, byParameter.headers.get('content-type')]).toEqual([200, type]);
    const byAccept = await ask('/links/kinds', '', { accept: type.replace(/;.*/, '') });
    expect([byAccept.status, byAccept.headers.get('content-type')]).toEqual([200, type]);
    expect(byAccept.text).toBe(byParameter.text);
    expect((await ask('/links/kinds', `&format=${format}`, { accept: 'application/json' })).headers.get('content-type')).toBe(type);
    expect((await ask('/links/kinds', '&format=json', { accept: type })).json.total).toBe(11);
  });

  it('is JSON for a browser that opens the URL, and for who says nothing', async () => {
    const browser = await ask('/links/kinds', '', { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' });
    expect(browser.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(browser.json.links).toEqual((await ask('/links/kinds')).json.links);
  });

  it('says of every answer that it depends on Accept, beside what else it depends on', async () => {
    for (const query of ['', '&format=csv']) {
      const { headers } = await ask('/links/kinds', query, { origin: 'https://app.example' });
      expect(headers.get('vary')).toBe('Origin, Accept');
      expect(headers.get('access-control-expose-headers')).toContain('Pagewire-Total');
    }
  });

  it('has a tag of its own in each format, and is not changed for who has it', async () => {
    const path = '/cache?cache-control=max-age%3D60&content-type=text%2Fhtml&_of=formats';
    const tags = new Set<string>();
    for (const accept of ['application/json', 'text/csv', 'application/x-ndjson', 'text/html']) {
      const etag = (await ask(path, '', { accept })).headers.get('etag') ?? '';
      tags.add(etag);
      expect((await ask(path, '', { accept, 'if-none-match': etag })).status).toBe(304);
    }
    expect(tags.size).toBe(4);
  });

  it('has the same entries in CSV and NDJSON as in JSON', async () => {
    const { links } = (await ask('/links/kinds')).json;
    const ndjson = (await ask('/links/kinds', '&format=ndjson')).text;
    expect(
      ndjson
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(links);
    const [names = '', ...lines] = (await ask('/links/kinds', '&format=csv')).text.split('\r\n');
    expect(names).toContain('href,url,text,element');
    expect(names).toContain('position.index,position.line,position.column,position.offset');
    expect(lines).toHaveLength(links.length + 1);
    expect(lines[1]).toMatch(/^https:\/\/elsewhere\.example\/x\?y=1,https:/);
  });

  it('tells of the target in header fields, and where the snapshot is', async () => {
    const csv = await ask(`/redirect/to?to=${encodeURIComponent('/not-found')}`, '&format=csv');
    const { snapshot, finalUrl } = (await ask('/not-found')).json;
    expect(csv.headers.get('pagewire-snapshot')).toHaveLength(snapshot.length);
    expect(csv.headers.get('pagewire-status')).toBe('404');
    expect(csv.headers.get('pagewire-final-url')).toBe(finalUrl);
    expect(csv.headers.get('pagewire-total')).toBe('1');
    expect(relations(csv)['via']).toBe(`/snapshots/${csv.headers.get('pagewire-snapshot') ?? ''}`);
  });

  it.each([
    ['csv', ''],
    ['ndjson', ''],
    ['html', ''],
    ['csv', 'text/csv'],
    ['json', ''],
  ])('as %s is paged through by the Link field alone (Accept: %j)', async (format, accept) => {
    const seen: string[] = [];
    let answer = await ask('/links/many?n=25', accept === '' ? `&limit=10&format=${format}` : '&limit=10', accept === '' ? {} : { accept });
    for (;;) {
      expect(answer.headers.get('pagewire-total')).toBe('25');
      seen.push(...[...answer.text.matchAll(/(?<=[\n",>])\/item\/\d+(?=[",<])/g)].map(([href]) => href));
      const { next } = relations(answer);
      if (next === undefined) break;
      expect(next.startsWith(`${retrieval.app.url}/links?`)).toBe(true);
      if (format === 'json') expect(next).toBe(answer.json.next);
      answer = await retrieval.app.get(next);
    }
    expect(new Set(seen)).toEqual(new Set(Array.from({ length: 25 }, (_, index) => `/item/${String(index)}`)));
  });

  it('of an inline document comes in any format, without what only a target has', async () => {
    const { headers, text } = await retrieval.app.post('/links', { html: '<a href="=x">', format: 'csv', limit: 1 });
    expect(text).toMatch(/\r\n'=x,,/);
    expect([headers.get('pagewire-snapshot'), headers.get('link'), headers.get('pagewire-total')]).toEqual([null, null, '1']);
    expect(headers.get('content-disposition')).toBe('attachment; filename="links.csv"');
  });

  it('refuses a format that there is none of', async () => {
    const answer = (await ask('/links/kinds', '&format=xml')) as unknown as Answer<Problem>;
    expect([answer.status, answer.json.errors[0]?.parameter]).toEqual([400, 'format']);
  });

  it('is a problem in JSON where it fails, whatever the format', async () => {
    const { status, headers } = await ask('/cover3.jpg', '&format=html');
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      422,
      'application/problem+json; charset=utf-8',
      null,
    ]);
  });
});

describe('a table of links', () => {
  it('runs nothing on this origin, and loads nothing but its own style', async () => {
    const { headers, text } = await ask('/links/kinds', '&format=html');
    const policy = headers.get('content-security-policy') ?? '';
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? [];
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toMatch(/^sandbox(?! [^;]*allow-(scripts|same-origin))[^;]*; default-src 'none';/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="127\.0\.0\.1-links\.html"$/);
    expect(text).not.toMatch(/<script|\son\w+=|style="|src=/);
  });

  it('leads to pages, mailboxes and telephones, and to nothing that a scheme would run', async () => {
    const { text } = await ask('/links/kinds', '&format=html');
    const hrefs = [...text.matchAll(/<a rel="noreferrer noopener" href="([^":]*):/g)].map(([, scheme]) => scheme);
    expect(new Set(hrefs)).toEqual(new Set(['http', 'https', 'mailto', 'tel']));
    expect(text).toContain('javascript:');
  });

  it('escapes what a page says, also in the URL of the page', async () => {
    const html = '<a href="/&quot;><img src=x>" title="</table><script>alert(1)</script>">&lt;b&gt;</a>';
    const { text } = await retrieval.app.post('/links', { html, baseUrl: 'http://x.example/', format: 'html' });
    expect(text).not.toMatch(/<(img|script|b)\b/);
    expect(text).toContain('&lt;/table&gt;&lt;script&gt;');
    expect((await ask("/links/kinds?'<b>", '&format=html')).text).not.toMatch(/<b>|\?'/);
  });
});
