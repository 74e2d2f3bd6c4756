import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, startApp, type TestApp } from './support/app.ts';
import { type Problem, PROBLEM_MEMBERS } from './support/contract.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

const KEY = 'a-key-of-sixteen-characters';
const OTHER_KEY = 'another-key-of-many-characters';
const QUOTA = 6;

let origin: Origin;
let app: TestApp;

beforeAll(async () => {
  origin = await startOrigin();
});

afterAll(() => origin.close());

/** Runs a test against an application of its own: each begins with its quota whole. */
async function within(env: Record<string, string>, test: () => Promise<void>): Promise<void> {
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1', RATE_LIMIT_PER_MINUTE: String(QUOTA), ...env });
  try {
    await test();
  } finally {
    await app.close();
  }
}

function left({ headers }: Answer<unknown>): string | null {
  return headers.get('x-ratelimit-remaining');
}

function url(path: string): string {
  return origin.url + path;
}

function fetched(path: string, more: Record<string, string> = {}): Promise<Answer<Problem & { snapshot: string }>> {
  return app.get('/fetch', { url: url(path), ...more });
}

describe('the rate of a caller', () => {
  it('is told with every answer, in the fields of the draft and the older ones', () =>
    within({}, async () => {
      const { headers } = await app.get('/encode', { text: 'H' });
      expect(headers.get('ratelimit-policy')).toBe('"default";q=6;w=60');
      expect(headers.get('ratelimit')).toBe('"default";r=5;t=60');
      expect(headers.get('x-ratelimit-limit')).toBe('6');
      expect(headers.get('x-ratelimit-remaining')).toBe('5');
      expect(headers.get('x-ratelimit-reset')).toBe('60');
      expect(headers.get('retry-after')).toBeNull();
    }));

  it('is not counted where nothing is limited, or the path is open to all', async () => {
    await within({}, async () => {
      for (let asked = 0; asked < QUOTA + 2; asked += 1) {
        const answer = await app.get('/health/live');
        expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null]);
      }
    });
    await within({ RATE_LIMIT_PER_MINUTE: '0' }, async () => {
      const { headers } = await app.get('/encode', { text: 'H' });
      expect([headers.get('ratelimit'), headers.get('x-ratelimit-limit')]).toEqual([null, null]);
    });
  });

  it('is refused past its quota with a problem that says when to ask again', () =>
    within({}, async () => {
      for (let asked = 0; asked < QUOTA; asked += 1) expect((await app.get('/encode', { text: 'H' })).status).toBe(200);
      const { status, headers, json } = await app.get<Problem>('/encode', { text: 'H' });
      expect([status, json.code, json.retryable]).toEqual([429, 'RATE_LIMITED', true]);
      expect(Object.keys(json).sort()).toEqual(PROBLEM_MEMBERS);
      expect(json.detail).toContain('RATE_LIMIT_PER_MINUTE');
      const retryAfter = Number(headers.get('retry-after'));
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(60);
      expect(headers.get('ratelimit')).toBe(`"default";r=0;t=${String(retryAfter)}`);
    }));

  it('costs one for a request, whatever it is answered from', () =>
    within({}, async () => {
      const first = await fetched('/cache?cache-control=max-age%3D60&_rate');
      expect(left(first)).toBe('5');
      const cached = await fetched('/cache?cache-control=max-age%3D60&_rate');
      expect([cached.status, left(cached)]).toEqual([200, '4']);
      expect(left(await app.get('/links', { snapshot: first.json.snapshot }))).toBe('3');
      expect(left(await app.get('/nowhere'))).toBe('2');
    }));

  it('counts a redirected retrieval once', () =>
    within({}, async () => {
      expect(left(await fetched('/redirect/chain?left=3'))).toBe('5');
    }));

  it('costs as much as a comparison has variants, and none is retrieved where they are too many', () =>
    within({}, async () => {
      const compare = (variants: number, path: string): Promise<Answer<Problem>> =>
        app.post('/compare', { url: url(path), variants: Array.from({ length: variants }, () => ({})) });
      expect(left(await compare(4, '/plain.txt?rate-compare'))).toBe('2');
      expect(origin.requests.filter(({ target }) => target.includes('rate-compare'))).toHaveLength(4);
      const { status, headers, json } = await compare(3, '/plain.txt?rate-too-many');
      expect([status, json.code]).toEqual([429, 'RATE_LIMITED']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(origin.requests.filter(({ target }) => target.includes('rate-too-many'))).toEqual([]);
    }));

  it('says that a comparison can never be done whose variants are more than a minute has', () =>
    within({ RATE_LIMIT_PER_MINUTE: '2' }, async () => {
      const { status, json } = await app.post<Problem>('/compare', { url: url('/plain.txt'), variants: [{}, {}, {}, {}] });
      expect([status, json.code]).toEqual([429, 'RATE_LIMITED']);
      expect(json.detail).toContain('ask for fewer');
    }));

  const pages = (count: number, name: string): string =>
    `{ ${Array.from({ length: count }, (_, n) => `p${String(n)}: page(url: "${url(`/plain.txt?${name}=${String(n)}`)}") { status }`).join(' ')} }`;

  it('costs as much as an operation retrieves, told as it stands when the answer leaves', () =>
    within({}, async () => {
      const five = await app.graphql(pages(5, 'rate-five'));
      expect(five.json.errors).toBeUndefined();
      expect([left(five), five.headers.get('ratelimit')]).toEqual(['1', expect.stringMatching(/^"default";r=1;t=\d+$/)]);
    }));

  it('costs an operation one for many aliases of a page, and for what is no page', () =>
    within({}, async () => {
      const aliases = Array.from({ length: 20 }, (_, n) => `a${String(n)}: page(url: "${url('/plain.txt?rate-alias')}") { status }`);
      expect(left(await app.graphql(`{ ${aliases.join(' ')} }`))).toBe('5');
      expect(left(await app.graphql('{ encode(text: "H") { text } }'))).toBe('4');
    }));

  it('runs out in the middle of an operation: that page is an error, and the rest is answered', () =>
    within({}, async () => {
      const name = 'rate-midway';
      const answer = await app.graphql<Record<string, { status: number } | null>>(pages(QUOTA + 3, name));
      expect(answer.status).toBe(200);
      const answered = Object.values(answer.json.data ?? {}).filter((page) => page?.status === 200);
      expect(answered).toHaveLength(QUOTA);
      expect(answer.json.errors?.map(({ extensions }) => extensions.code)).toEqual(Array(3).fill('RATE_LIMITED'));
      expect((answer.json.errors?.[0]?.extensions.problem as Problem).status).toBe(429);
      expect(origin.requests.filter(({ target }) => target.includes(name))).toHaveLength(QUOTA);
      expect(left(answer)).toBe('0');
      expect(answer.headers.get('retry-after')).toBeNull();
    }));
});

describe('who is counted', () => {
  const ask = (headers: Record<string, string>): Promise<Answer<Problem>> => app.send('/encode?text=H', { headers });

  it('is each key for itself, and any of the keys is let in', () =>
    within({ API_KEYS: `${KEY},${OTHER_KEY}` }, async () => {
      expect(left(await ask({ authorization: `Bearer ${KEY}` }))).toBe('5');
      expect(left(await ask({ 'x-api-key': KEY }))).toBe('4');
      expect(left(await ask({ 'x-api-key': OTHER_KEY }))).toBe('5');
    }));

  it('is not who says so: X-Forwarded-For means nothing unless a proxy is trusted', () =>
    within({}, async () => {
      expect(left(await ask({ 'x-forwarded-for': '192.0.2.1' }))).toBe('5');
      expect(left(await ask({ 'x-forwarded-for': '192.0.2.2', forwarded: 'for=192.0.2.3' }))).toBe('4');
    }));

  it.each(['127.0.0.1', '127.0.0.0/8, ::1', '1'])('is whom a trusted proxy names (TRUST_PROXY=%s), an IPv6 network as one', (trusted) =>
    within({ TRUST_PROXY: trusted }, async () => {
      const from = async (address: string): Promise<string | null> => left(await ask({ 'x-forwarded-for': address }));
      expect(await from('192.0.2.1')).toBe('5');
      expect(await from('192.0.2.2')).toBe('5');
      expect(await from('198.51.100.9, 192.0.2.2')).toBe('4');
      expect(await from('::ffff:192.0.2.2')).toBe('3');
      expect(await from('2001:db8:0:1::1')).toBe('5');
      expect(await from('2001:db8:0:1:ffff::2')).toBe('4');
      expect(await from('2001:db8:0:2::1')).toBe('5');
    }),
  );

  it('is not whom a proxy names that is not trusted', () =>
    within({ TRUST_PROXY: '192.0.2.0/24' }, async () => {
      expect(left(await ask({ 'x-forwarded-for': '198.51.100.1' }))).toBe('5');
      expect(left(await ask({ 'x-forwarded-for': '198.51.100.2' }))).toBe('4');
    }));

  it('is not slowed down by whoever guesses keys, who is', () =>
    within({ API_KEYS: KEY, TRUST_PROXY: '1', RATE_LIMIT_PER_MINUTE: '0' }, async () => {
      const from = (address: string, key: string): Promise<Answer<Problem>> => ask({ 'x-forwarded-for': address, 'x-api-key': key });
      expect((await from('192.0.2.1', KEY)).status).toBe(200);
      for (let guess = 0; guess < 30; guess += 1) {
        const { status, headers } = await from('192.0.2.1', `no-key-of-anybody-${String(guess)}`);
        expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="pagewire"']);
        expect(headers.get('ratelimit')).toMatch(new RegExp(`^"authentication";r=${String(29 - guess)};t=\\d+$`));
      }
      const refused = await from('192.0.2.1', 'no-key-of-anybody');
      expect([refused.status, refused.json.code]).toEqual([429, 'RATE_LIMITED']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      // Who had shown the key from there is not kept out; who guesses right only now is not told.
      expect((await from('192.0.2.1', KEY)).status).toBe(200);
      for (let guess = 0; guess < 30; guess += 1) await from('192.0.2.2', 'no-key-of-anybody');
      expect((await from('192.0.2.2', KEY)).status).toBe(429);
      expect((await from('192.0.2.3', KEY)).status).toBe(200);
    }));
});

describe('the URLs that answers name', () => {
  const next = async (headers: Record<string, string>): Promise<string> => {
    const query = new URLSearchParams({ url: url('/links/kinds'), limit: '1' }).toString();
    return (await app.send<{ next: string }>(`/links?${query}`, { headers })).json.next;
  };
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'api.example' };

  it('are those that a trusted proxy was asked for', () =>
    within({ TRUST_PROXY: '127.0.0.1' }, async () => {
      expect(await next(forwarded)).toMatch(/^https:\/\/api\.example\/links\?/);
    }));

  it('are not those that anybody says', () =>
    within({}, async () => {
      expect(await next(forwarded)).toMatch(new RegExp(`^${app.url}/links\\?`));
    }));

  it.each([{ 'x-forwarded-proto': 'javascript' }, { 'x-forwarded-host': 'a"<script>' }])(
    'are never made of %j, not even from a trusted proxy',
    (headers: Record<string, string>) =>
      within({ TRUST_PROXY: '1' }, async () => {
        const { status, json } = await app.send<Problem>('/encode?text=H', { headers });
        expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
      }),
  );
});
