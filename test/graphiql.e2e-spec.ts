import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('a GET of /graphql', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ API_KEYS: 'a-key-that-no-page-needs' });
  });

  afterAll(() => app.close());

  it('shows a browser a page, before any key, under a policy of its own', async () => {
    const { status, headers, text } = await app.send('/graphql', { headers: { accept: BROWSER } });
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', 'no-cache']);
    expect(headers.get('vary')).toMatch(/\bAccept\b/);
    expect(text).toContain('GraphiQL');
    const policy = headers.get('content-security-policy') ?? '';
    const [nonce] = /'nonce-[^']+'/.exec(policy) ?? [''];
    expect(text).toContain(`nonce="${nonce.slice(7, -1)}"`);
    expect(policy.replace(nonce, 'NONCE')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none', script-src NONCE; worker-src 'self'",
    );
    expect((await app.send('/graphql', { headers: { accept: BROWSER } })).headers.get('content-security-policy')).not.toBe(policy);
  });

  it.each([
    ['/graphql', '*/*'],
    ['/graphql', 'application/graphql-response+json'],
    ['/graphql', 'text/html;q=0'],
    ['/graphql?query={__typename}', BROWSER],
  ])('of a program, or with a query, is what it was: %s, %s', async (path, accept) => {
    const { status, headers } = await app.send(path, { headers: { accept } });
    expect([status, headers.get('content-type')?.split(';')[0]]).toEqual([401, 'application/problem+json']);
    const key = { 'x-api-key': 'a-key-that-no-page-needs' };
    const blocked = await app.send<{ errors: { message: string }[] }>(path, { headers: { accept, ...key } });
    expect([200, 400]).toContain(blocked.status);
    expect(blocked.json.errors[0]?.message).toContain('CSRF');
  });
});
