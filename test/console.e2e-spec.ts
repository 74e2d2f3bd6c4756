import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VERSION } from '../src/settings/settings.ts';
import { startApp, type TestApp } from './support/app.ts';

const ASSETS = new URL('../dist/console/assets/', import.meta.url);
/** What Chromium sends when somebody opens an address. */
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

let app: TestApp;

beforeAll(async () => {
  // Keys are for what is asked of targets; the page that asks for them comes without.
  app = await startApp({ API_KEYS: 'a-key-of-the-console-test' });
});

afterAll(async () => {
  await app.close();
});

const open = (path: string, headers: Record<string, string>): ReturnType<TestApp['send']> => app.send(path, { headers });

describe('the front page', () => {
  it('is the console to a browser', async () => {
    const { status, headers, text } = await open('/', { accept: BROWSER });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('<div id="console">');
  });

  it.each([undefined, '*/*', 'application/json', 'application/json, text/html;q=0'])(
    'is JSON to a program that accepts %s',
    async (accept) => {
      const { status, headers, text } = await open('/', accept === undefined ? {} : { accept });
      expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      expect(JSON.parse(text)).toMatchObject({ name: 'Pagewire', version: VERSION, demo: 'http://pagewire.test/', documentation: '/docs' });
    },
  );

  it('says that it depends on Accept', async () => {
    const answers = await Promise.all([BROWSER, '*/*'].map((accept) => open('/', { accept })));
    for (const { headers } of answers) expect(headers.get('vary')).toMatch(/\bAccept\b/);
  });

  it('lets only the scripts run that it names itself, by a nonce that is new each time', async () => {
    const answers = await Promise.all([open('/', { accept: BROWSER }), open('/', { accept: BROWSER })]);
    const nonces = answers.map(({ headers, text }) => {
      const policy = headers.get('content-security-policy') ?? '';
      const [, nonce = ''] = /, script-src 'nonce-([\w+/=]+)'$/.exec(policy) ?? [];
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      const scripts = text.match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(0);
      for (const script of scripts) expect(script).toMatch(new RegExp(`nonce="${nonce.replace(/[+/]/g, '\\$&')}".* src="/console/assets/`));
      expect(text).not.toMatch(/style=|<style|\son\w+=/);
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  });
});

describe('the page that shows those of targets', () => {
  it('runs its own script alone, loads nothing, has no origin, and is framed by the console alone', async () => {
    const { status, headers, text } = await open('/console/rendered', {});
    const policy = headers.get('content-security-policy') ?? '';
    const [, script = ''] = /<script>([^]*)<\/script>/.exec(text) ?? [];
    const digest = createHash('sha256').update(script).digest('base64');
    expect([status, policy]).toEqual([
      200,
      `default-src 'none'; script-src 'sha256-${digest}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts`,
    ]);
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });
});

describe('the files of the console', () => {
  const names = existsSync(ASSETS) ? readdirSync(ASSETS).filter((name) => !/\.(br|gz)$/.test(name)) : [];

  it('were built', () => {
    expect(names.map((name) => name.split('.').at(-1))).toEqual(expect.arrayContaining(['js', 'css', 'woff2', 'svg']));
  });

  it.each(names)('may be kept for ever, as a digest is part of each name: %s', async (name) => {
    const { status, headers } = await open(`/console/assets/${name}`, { 'sec-fetch-dest': 'script' });
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(name).toMatch(/-[\w-]{8}\.\w+$/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('come compressed to who takes that', async () => {
    const script = names.find((name) => name.endsWith('.js')) ?? '';
    const { headers, bytes } = await open(`/console/assets/${script}`, { 'accept-encoding': 'br' });
    expect(bytes).toEqual(readFileSync(new URL(script, ASSETS)));
    expect([headers.get('content-encoding'), headers.get('content-type')]).toEqual(['br', 'application/javascript; charset=utf-8']);
  });

  it.each([
    '/console/',
    '/console/assets/',
    '/console/assets/..%2findex.html',
    '/console/assets/..%2f..%2fmain.js',
    '/console/.built-from',
  ])('are these alone: not %s', async (path) => {
    const { status, headers } = await open(path, {});
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
  });
});
