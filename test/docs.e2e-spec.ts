import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { runInNewContext } from 'node:vm';
import { PROBLEMS } from '../src/api/problem.ts';
import { startApp, type TestApp } from './support/app.ts';
import { CONTRACT, OPERATIONS, replyOf } from './support/open-api.ts';

const BUILT = new URL('../dist/console/', import.meta.url);
/** What Chromium sends when somebody opens an address. */
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const CODES = Object.keys(PROBLEMS);

let app: TestApp;

beforeAll(async () => {
  // Keys are for what is asked of targets; what the server says of itself is for everybody.
  app = await startApp({ API_KEYS: 'a-key-of-the-docs-test' });
});

afterAll(() => app.close());

const open = (path: string, accept = BROWSER): ReturnType<TestApp['send']> => app.send(path, { headers: { accept } });

/** The addresses that a page loads at once. */
const loadedBy = (text: string): string[] => [...text.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]+)"/g)].map(([, to = '']) => to);

describe.each(['/docs', '/jobs', '/docs?url=https://elsewhere.example/openapi.json', '/problems', '/problems/TARGET_TIMEOUT'])(
  '%s',
  (path) => {
    it('is a page of this server alone, that lets only its own scripts run, by a nonce that is new each time', async () => {
      const pages = await Promise.all([open(path), open(path)]);
      const nonces = pages.map(({ status, headers, text }) => {
        expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        const policy = headers.get('content-security-policy') ?? '';
        const [, nonce = ''] = /, script-src 'nonce-([\w+/=]+)'$/.exec(policy) ?? [];
        expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
        expect(policy).not.toMatch(/unsafe|https?:|\*/);
        const scripts = text.match(/<script[^>]*>/g) ?? [];
        expect(scripts).toHaveLength(1);
        expect(scripts[0]).toContain(`nonce="${nonce}"`);
        expect(text).not.toMatch(/style=|<style|\son\w+=/);
        return nonce;
      });
      expect(new Set(nonces).size).toBe(2);
    });

    it('loads files of the console, which are there', async () => {
      const addresses = loadedBy((await open(path)).text);
      expect(addresses.length).toBeGreaterThanOrEqual(3);
      for (const address of addresses) {
        expect(address).toMatch(/^\/console\/assets\/[\w-]+\.\w+$/);
        expect((await open(address)).status).toBe(200);
      }
    });
  },
);

describe('what /docs shows', () => {
  /** A text that a built file has as JSON. */
  function builtJson(start: string): unknown {
    const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', BUILT), 'utf8')) as Record<string, { file: string }>;
    const scripts = [...new Set(Object.values(manifest).map(({ file }) => file))].filter((file) => file.endsWith('.js'));
    for (const file of scripts) {
      const source = readFileSync(new URL(file, BUILT), 'utf8');
      const [whole] = new RegExp(`JSON\\.parse\\((['"\`])${start}(?:[^\\\\]|\\\\.)*?\\1\\)`, 's').exec(source) ?? [];
      if (whole !== undefined) return JSON.parse(JSON.stringify(runInNewContext(whole)));
    }
    return null;
  }

  it('is the contract itself', () => {
    expect(builtJson('{"openapi"')).toEqual(CONTRACT);
  });

  it.each([
    '/docs/nothing.js',
    '/docs/../package.json',
    '/docs/%2e%2e/package.json',
    '/docs/swagger-ui-init.js',
    '/problems/../package.json',
  ])('is all that there is: not %s', async (path) => {
    expect(await statusOf(path)).toBe(404);
  });

  /** Asks for a path as it is written: URL parsers take its dots away. */
  function statusOf(path: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      get(app.url, { path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
  }
});

describe('what a problem means', () => {
  it.each(CODES)('is told of %s to programs as JSON: why it happens, what to do, and an example', async (code) => {
    const { status, headers, json } = await app.get<Record<string, unknown>>(`/problems/${code}`);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(headers.get('vary')).toMatch(/\bAccept\b/);
    expect(json).toMatchObject({ ...PROBLEMS[code as keyof typeof PROBLEMS], code, type: `/problems/${code}`, example: { code } });
    for (const sentences of [json['causes'], json['advice']] as string[][]) {
      expect(sentences.length).toBeGreaterThan(0);
      for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z`/][^]*[.]$/);
    }
  });

  it.each(CODES)('is told of %s to people in a page that needs no script', async (code) => {
    const { text } = await open(`/problems/${code}`);
    expect(text).toContain(`<title>${PROBLEMS[code as keyof typeof PROBLEMS].title} (${code}) · Pagewire</title>`);
    for (const heading of ['Why it happens', 'What to do', 'As it is answered', 'Who answers it'])
      expect(text).toContain(`<h2>${heading}</h2>`);
    expect(text).not.toContain('<!--');
  });

  it('names, in the page, just the operations that can answer it', async () => {
    const { text } = await open('/problems/INVALID_SELECTOR');
    const named = [...text.matchAll(/<a href="\/docs#(POST)?(\/[^"]+)">/g)].map(([, method = 'GET', path = '']) => `${method} ${path}`);
    const answering = OPERATIONS.filter((operation) => {
      const examples = replyOf(operation, PROBLEMS.INVALID_SELECTOR.status)?.content?.['application/problem+json']?.examples;
      return 'INVALID_SELECTOR' in (examples ?? {});
    });
    expect(named.sort()).toEqual(answering.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort());
    expect(named).toContain('GET /select');
  });

  it('is listed for all of them, in the order of their statuses', async () => {
    const { json } = await app.get<{ total: number; problems: { code: string; status: number }[] }>('/problems');
    expect([json.total, json.problems.map(({ code }) => code)]).toEqual([CODES.length, CODES]);
    expect(json.problems.map(({ status }) => status)).toEqual(json.problems.map(({ status }) => status).sort());
    const { text } = await open('/problems');
    for (const code of CODES) expect(text).toContain(`<a href="/problems/${code}">`);
  });

  it('is a problem itself where there is no such code, to people, too', async () => {
    const { status, headers, text } = await open(`/problems/${encodeURIComponent('<script>alert(1)</script>')}`);
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(text).toContain('/problems lists those that are');
  });
});

describe('/limits', () => {
  const SECRETS = {
    API_KEYS: 'a-secret-of-the-docs-test,another-secret-of-the-test',
    ALLOW_TARGETS: '10.11.12.13,inside.example',
    DENY_TARGETS: 'outside.example',
    DNS_SERVERS: '192.0.2.53',
    TRUST_PROXY: '192.0.2.99',
    CORS_ORIGINS: 'https://app.example',
    DATA_DIR: '/secret/path',
    USER_AGENT: 'agent-of-the-docs-test/1.0',
  };

  const OF_JOBS = {
    JOB_MAX_UNFINISHED: '3',
    JOB_MAX_KEPT: '5',
    JOB_TTL_S: '60',
    CRAWL_MAX_PAGES: '1234',
    CRAWL_MAX_DELAY_MS: '77',
    WATCH_MAX: '2',
    WATCH_MIN_INTERVAL_S: '61',
    WEBHOOK_TIMEOUT_MS: '4321',
  };

  it('tells without a key what is in force, and nothing that is not for callers', async () => {
    const settings = {
      ...SECRETS,
      FETCH_TIMEOUT_MS: '1234',
      RATE_LIMIT_PER_MINUTE: '77',
      DEMO: 'false',
      GRAPHQL_MAX_DEPTH: '9',
      ...OF_JOBS,
    };
    const server = await startApp(settings);
    try {
      const { status, json, text } = await server.get<object>('/limits');
      expect(status).toBe(200);
      expect(json).toMatchObject({
        keyRequired: true,
        demo: false,
        caller: { ratePerMinute: 77 },
        retrieval: { timeoutMs: 1234, maxRedirects: 20 },
        jobs: { unfinished: 3, kept: 5, ttlS: 60, perJob: 256, batchUrls: 10_000, crawlPages: 1234, crawlDelayMs: 77 },
        watches: { count: 2, minIntervalS: 61, runs: 1000 },
        webhooks: { timeoutMs: 4321, attempts: 8 },
        graphql: { depth: 9 },
      });
      for (const secret of Object.values(SECRETS).flatMap((value) => value.split(','))) expect(text).not.toContain(secret);
    } finally {
      await server.close();
    }
  });

  it('says null where rates have no limit, and gives the members alone that are asked for', async () => {
    const { json } = await app.get<object>('/limits', { fields: 'caller.ratePerMinute,demo' });
    expect(json).toEqual({ demo: true, caller: { ratePerMinute: null } });
  });

  it.each(['/limits', '/problems', '/problems/INTERNAL'])('refuses, as %s, what it does not know', async (path) => {
    expect((await app.get(path, { nonsense: '1' })).status).toBe(400);
  });

  it('is in the graph, too, and so is what problems mean', async () => {
    const key = { 'x-api-key': 'a-key-of-the-docs-test' };
    const query =
      '{ limits { version retrieval { maxBytes } caller { ratePerMinute } jobs { maxResultBytes } watches { events } } problemTypes(code: NOT_CACHED) { code causes } }';
    const { json } = await app.graphql<{ limits: object; problemTypes: object[] }>(query, {}, key);
    const { json: limits } = await app.get('/limits', {
      fields: 'version,retrieval.maxBytes,caller.ratePerMinute,jobs.maxResultBytes,watches.events',
    });
    const { json: type } = await app.get('/problems/NOT_CACHED', { fields: 'code,causes' });
    expect(json.data).toEqual({ limits, problemTypes: [type] });
    expect((await app.graphql<{ problemTypes: object[] }>('{ problemTypes { code } }', {}, key)).json.data?.problemTypes).toHaveLength(
      CODES.length,
    );
  });
});
