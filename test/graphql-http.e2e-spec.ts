import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { readFileSync } from 'node:fs';
import { startApp, type TestApp } from './support/app.ts';

/** What may be, and is not: a GET that any page could send is refused, and to `application/json` a mistake in the operation is answered 200. */
const NOT_TAKEN = [
  'MAY accept application/x-www-form-urlencoded formatted GET requests',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
  'MAY use 400 status code if parameters are invalid',
  'MAY use 400 status code on boolean {query} parameter',
  'MAY use 400 status code on number {query} parameter',
  'MAY use 4xx or 5xx status codes if parameters are invalid',
];

describe('GraphQL over HTTP, as graphql-http audits it', () => {
  let app: TestApp;
  const passed: string[] = [];

  beforeAll(async () => {
    app = await startApp();
  });

  afterAll(() => app.close());

  const preflighted: typeof fetch = (url, init = {}) =>
    fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), 'apollo-require-preflight': 'true' } });
  const audits = serverAudits({ url: () => `${app.url}/graphql`, fetchFn: fetch });

  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (name, audit) => {
    const result = await audit.fn();
    const isTaken = !NOT_TAKEN.includes(name);
    expect({ name, reason: result.status === 'ok' ? null : result.reason }).toEqual({
      name,
      reason: isTaken ? null : expect.any(String),
    });
    if (isTaken) passed.push(name);
  });

  it('is what the README says', () => {
    const rows = ['MUST', 'SHOULD', 'MAY'].map((word) => {
      const all = audits.filter(({ name }) => name.startsWith(word)).length;
      return `${word} ${String(passed.filter((name) => name.startsWith(word)).length)} of ${String(all)}`;
    });
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(readme.replace(/[|`]/g, '').replace(/ +/g, ' ')).toContain(rows.join(' \n '));
  });

  it('takes a GET that no page of another origin can have sent', async () => {
    const gets = serverAudits({ url: () => `${app.url}/graphql`, fetchFn: preflighted }).filter(({ name }) => name.includes('GET'));
    const results = await Promise.all(gets.map((audit) => audit.fn()));
    expect(results.map(({ name, status }) => [name, status])).toEqual(gets.map(({ name }) => [name, 'ok']));
  });
});
