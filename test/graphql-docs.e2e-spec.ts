import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { GraphQLAnswer } from './support/app.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

/** Where the pages of the documentation are; here the origin has them. */
const HOST = 'http://data.pr4e.org';
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** Each operation, and what it is said to be answered. */
const OPERATIONS = [...README.matchAll(/```graphql\n(.*?)```\n\n```json\n(.*?)```/gs)].map(([, query = '', answer = '']) => ({
  query,
  answer,
}));
/** What is sent by curl. */
const SENT = [...README.matchAll(/^curl \S+\/graphql .* -d '([^']*)'$/gm)].map(([, body = '']) => body);

describe('the operations of the README', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  const here = (text: string): string => text.replaceAll(HOST, retrieval.origin.url);

  it('are there', () => {
    expect([OPERATIONS.length, SENT.length]).toEqual([README.split('```graphql').length - 1, README.split('/graphql -H').length - 1]);
    expect(OPERATIONS.length).toBeGreaterThan(2);
  });

  it.each(OPERATIONS)('are answered as it says: %#', async ({ query, answer }) => {
    const { text } = await retrieval.app.graphql(here(query));
    // Links of these pages name their host.
    expect(JSON.parse(text.replaceAll(retrieval.origin.url, HOST))).toEqual(JSON.parse(answer));
  });

  it.each(SENT)('can be sent by curl: %s', async (body) => {
    const { json } = await retrieval.app.post<GraphQLAnswer<object>>('/graphql', JSON.parse(here(body)));
    expect(json.errors).toBeUndefined();
    expect(json.data).not.toBeNull();
  });
});
