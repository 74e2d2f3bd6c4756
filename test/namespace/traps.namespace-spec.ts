import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.ts';
import type { Problem } from '../support/contract.ts';
import { HOSTS, NAMES, OF_EACH_KIND, ORIGIN, PUBLIC, RECORDS } from './names.ts';
import { embeddings, LITERALS, PRIVATE_V4, SPELLINGS_V6, spellings } from './tries.ts';
import { startWorld, tryToConnect, type World } from './world.ts';

/** What Linux itself connects nobody to: broadcast, multicast, and link-local addresses without a zone. */
const OUT_OF_REACH = /^(127\.255\.255\.255|2(2[4-9]|3\d)\..*|255\.255\.255\.255|\[0:0:0:0:0:ffff:ffff:ffff\]|\[f(f|e[89ab]).*)$/;

let world: World;
let open: TestApp;

beforeAll(async () => {
  world = await startWorld(RECORDS, HOSTS);
  open = await startApp({ ALLOW_TARGETS: '0.0.0.0/0, ::/0, localhost' });
});

afterAll(async () => {
  await (open as TestApp | undefined)?.close();
  await (world as World | undefined)?.close();
});

/** The addresses that were reached while something was done, besides the one that anybody may reach. */
async function trappedBy(action: () => Promise<unknown>): Promise<string[]> {
  const before = world.mark();
  await action();
  // A connection is known to the other side a moment after it is made.
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  return world.visited(before).filter((address) => address !== PUBLIC);
}

/** The targets of a list that trapped nobody. */
async function harmless(urls: readonly string[]): Promise<string[]> {
  const missed: string[] = [];
  for (const url of urls) {
    const trapped = await trappedBy(() => open.get('/wire', { url, httpVersion: '1.0', timeoutMs: 5000, cache: 'reload' }));
    if (trapped.length !== 1) missed.push(url);
  }
  return missed;
}

describe('the traps', () => {
  it('count every bare connection to an address that the guard refuses', async () => {
    for (const host of LITERALS) {
      const trapped = await trappedBy(() => tryToConnect(host.replace(/[[\]]/g, '')));
      expect([host, trapped.length]).toEqual([host, OUT_OF_REACH.test(host) ? 0 : 1]);
    }
  });

  it('are reached by all that is tried, once an operator allows it', async () => {
    const reachable = PRIVATE_V4.filter((address) => !OUT_OF_REACH.test(address));
    const urls = [
      ...LITERALS.filter((host) => !OUT_OF_REACH.test(host)),
      ...reachable
        .flatMap((address) => Object.values(embeddings(address)).map((v6) => `[${v6}]`))
        .filter((host) => !OUT_OF_REACH.test(host)),
      ...['127.0.0.1', '10.1.2.3', '169.254.169.254'].flatMap(spellings),
      ...SPELLINGS_V6.filter((host) => !OUT_OF_REACH.test(host.toLowerCase())),
      'hidden-0.example.com',
      'only-mapped.example.com',
      'alias-twice.example.com',
      'by-file.example.com',
      'localhost',
    ].map((host) => `http://${host}/`);
    expect(urls.length).toBeGreaterThan(400);
    expect(await harmless(urls)).toEqual([]);
    expect(NAMES).toContain('alias-twice.example.com');
  });

  it('are reached by redirects, once an operator allows it', async () => {
    for (const to of OF_EACH_KIND.filter((url) => !url.includes('last'))) {
      const url = `${ORIGIN}/redirect/to?${new URLSearchParams({ to }).toString()}`;
      expect([to, (await trappedBy(() => open.get('/headers', { url, cache: 'reload' }))).length]).toEqual([to, 1]);
    }
    expect(world.visited()).toContain(PUBLIC);
  });

  it('are not told anything where the system chose the address: the socket is judged, too', async () => {
    // Linux takes 0.0.0.0 for this machine.
    const lax = await startApp({ ALLOW_TARGETS: '0.0.0.0' });
    const { length } = world.origin.requests;
    const trapped = await trappedBy(async () => {
      const { status, json } = await lax.get<Problem>('/fetch', { url: 'http://0.0.0.0/romeo.txt' });
      expect([status, json.code]).toEqual([403, 'TARGET_FORBIDDEN']);
    });
    await lax.close();
    expect(trapped).toEqual(['127.0.0.1']);
    expect(world.origin.requests).toHaveLength(length);
  });
});
