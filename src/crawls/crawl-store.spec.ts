import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../jobs/database.ts';
import { EmbeddedConnections } from '../jobs/embedded-connections.ts';
import { CrawlStore } from './crawl-store.ts';
import { packLinks } from './page-links.ts';

const directory = mkdtempSync(join(tmpdir(), 'pagewire-crawl-'));
let database: Database;

beforeAll(async () => {
  const connections = new EmbeddedConnections(directory);
  database = await openDatabase(connections, { isEmbedded: true, supervises: false, onError: () => undefined });
});

afterAll(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

async function all<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const read: Row[] = [];
  for await (const row of rows) read.push(row);
  return read;
}

describe('the store of a crawl', () => {
  it('gives all pages and links in their order, part by part', async () => {
    const tables = database.tables.withSchema('pagewire');
    const count = 4100;
    const job = { id: 'one', kind: 'crawl', owner: '', caller: '', state: 'running' as const, total: 0, concurrency: 1, delay_ms: 0 };
    await tables.insertInto('job').values({ ...job, options: '{}' }).execute(); // prettier-ignore
    const pages = Array.from({ length: count }, (_, index) => ({
      job_id: 'one',
      index,
      key: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
      url: `http://example.com/${String(index)}`,
      origin: 'http://example.com',
      depth: 1,
      hops: 0,
      source: 'link' as const,
      state: 'found' as const,
    }));
    for (let at = 0; at < count; at += 1000)
      await tables.insertInto('crawl_page').values(pages.slice(at, at + 1000)).execute(); // prettier-ignore
    const links = {
      targets: Int32Array.of(3, 70_000, 0),
      nofollow: Uint8Array.of(0, 1, 0),
      texts: ['Three', '', 'ü'],
      outside: [{ url: 'http://example.net/', text: 'elsewhere', nofollow: false }],
      outsideTotal: 7,
    };
    for (const index of [4, 2]) {
      const { outsideTotal, ...packed } = packLinks({ index, ...links });
      await tables.insertInto('crawl_links').values({ job_id: 'one', outside_total: outsideTotal, ...packed }).execute(); // prettier-ignore
    }
    const store = new CrawlStore(database.tables);
    const read = await all(store.pages('one', 1));
    expect(read.map(({ index }) => index)).toEqual(pages.slice(1).map(({ index }) => index));
    expect(read[0]).toMatchObject({ url: 'http://example.com/1', depth: 1, foundOn: null, status: null, noindex: null });
    expect(await all(store.links('one'))).toEqual([2, 4].map((index) => ({ index, ...links })));
    expect(await all(store.links('another'))).toEqual([]);
  });
});
