import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GeneratedWeb, startWeb } from './generated-web.ts';
import { WebModel } from './web-model.ts';
import { isTrap, truthOf } from './web-truth.ts';

let web: GeneratedWeb;

beforeAll(async () => {
  web = await startWeb({ pages: 250, origins: 11, slowMs: 1 });
});

afterAll(() => web.close());

/** A crawl that knows HTTP alone: what it finds is to be what the web says of itself. */
async function statusOf(url: string): Promise<number | 'reset'> {
  try {
    const response = await fetch(url, { redirect: 'manual' });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 'reset';
  }
}

/** Links as written in markup of ours. */
function hrefsIn(markup: string): { href: string; text: string }[] {
  const plain = (text = ''): string => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  return Array.from(markup.matchAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g), ([, href, text]) => ({ href: plain(href), text: plain(text) }));
}

describe('a generated web', () => {
  it('is the same for the same seed, and another for another', () => {
    const modelOf = (seed: number): WebModel => new WebModel({ ...web.model.options, seed }, web.origins, web.outside);
    const truthsOf = (seed: number): unknown => {
      const model = modelOf(seed);
      return truthOf(model, { seeds: [model.urlOf(0)], sitemaps: 'all' });
    };
    expect(truthsOf(1)).toEqual(truthsOf(1));
    expect(truthsOf(1)).not.toEqual(truthsOf(2));
  });

  it('answers what it says of itself, URL for URL and link for link', async () => {
    const truth = truthOf(web.model, { seeds: [web.seed], sitemaps: 'all', followsNofollow: true });
    expect(truth.asked.size).toBeGreaterThan(150);
    const compared = Array.from(truth.asked, async ([url, { outcome, page }]) => {
      if (page === null) expect([url, await statusOf(url)]).toEqual([url, outcome]);
      else {
        const markup = await (await fetch(url)).text();
        const base = /<base href="([^"]*)"/.exec(markup)?.[1] ?? url;
        const found = hrefsIn(markup).map(({ href, text }) => {
          const to = new URL(href, base);
          to.hash = '';
          return { url: to.protocol === 'http:' ? to.href : null, text };
        });
        expect([url, found]).toEqual([url, page.links.map(({ url: to, text }) => ({ url: to, text }))]);
      }
    });
    await Promise.all(compared);
  });

  it('has something of everything that a crawl must cope with', () => {
    const truth = truthOf(web.model, { seeds: [web.seed], sitemaps: 'all' });
    const ends = new Set(truth.redirects.map(({ end }) => end));
    expect([...ends]).toEqual(expect.arrayContaining([200, 'loop', 'outside']));
    expect(truth.dead.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining([404, 500, 'reset']));
    expect(truth.dead.some(({ sources }) => sources.length > 1)).toBe(true);
    expect(truth.orphans.length).toBeGreaterThan(0);
    expect(truth.disallowed.size).toBeGreaterThan(10);
    expect(truth.duplicateTitles.length).toBeGreaterThan(2);
    expect(truth.edges.some(({ to }) => isTrap(to))).toBe(true);
    expect(truth.edges.some(({ to }) => to.startsWith(web.outside))).toBe(true);
  });

  it('knows less of what robots.txt forbids, what only sitemaps and nofollow lead to, and what is too deep', () => {
    const size = (rules: Partial<Parameters<typeof truthOf>[1]>): number => truthOf(web.model, { seeds: [web.seed], ...rules }).asked.size;
    const all = size({ token: null, sitemaps: 'all', followsNofollow: true });
    expect(size({ token: 'Pagewire', sitemaps: 'all', followsNofollow: true })).toBeLessThan(all);
    expect(size({ token: null, sitemaps: 'named', followsNofollow: true })).toBeLessThan(all);
    expect(size({ token: null, sitemaps: 'all' })).toBeLessThan(all);
    expect(size({ token: null, maxDepth: 2 })).toBeLessThan(size({ token: null, maxDepth: 3 }));
  });

  it('tells how each origin was treated', async () => {
    web.forget();
    const [origin = ''] = web.origins;
    await Promise.all([statusOf(web.seed), statusOf(web.seed)]);
    await statusOf(`${origin}/robots.txt`);
    const treated = web.politeness().get(origin);
    expect(treated).toMatchObject({ requests: 3, smallestGapMs: expect.any(Number) });
    expect(web.requestsOf(origin)[2]).toMatchObject({ path: '/robots.txt', userAgent: expect.stringContaining('node') });
    expect(web.politeness(({ path }) => path === '/robots.txt').get(origin)).toMatchObject({
      requests: 1,
      smallestGapMs: null,
      mostAtATime: 1,
    });
    expect(web.requestsOf(web.outside)).toEqual([]);
  });
});
