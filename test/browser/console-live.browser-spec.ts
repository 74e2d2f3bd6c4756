import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { until } from '../support/held-origin.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { latin1, type OriginConnection, response, type Scenarios } from '../support/scenarios/response.ts';
import { accessFaults } from './axe.ts';
import { launch } from './chromium.ts';
import { look } from './looked.ts';

const EVIL = `/held?"'><img src=x onerror=alert(1)>`;

/** Connections that wait for the test to go on. */
const held: OriginConnection[] = [];

const SCENARIOS: Scenarios = {
  '/to-held': response('', [['Location', EVIL]], '302 Found'),
  '/to-inside': response('', [['Location', 'http://10.0.0.1/secret']], '302 Found'),
  '/held': (_request, connection) => {
    held.push(connection);
    return new Promise(() => undefined);
  },
};

let browser: Browser;
let app: TestApp;
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin({ scenarios: SCENARIOS });
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  browser = await launch([]);
}, 90_000);

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (app as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

/** The server behind a wire that can be cut. */
async function onAWire(): Promise<{ url: string; cut: () => void }> {
  const ends: Socket[] = [];
  const wire: Server = createServer((socket) => {
    const onward = connect(Number(new URL(app.url).port), '127.0.0.1');
    for (const end of [socket, onward]) ends.push(end.on('error', () => undefined));
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  const address = wire.address();
  if (address === null || typeof address === 'string') throw new Error('the wire has no port');
  const cut = (): void => {
    wire.close();
    for (const end of ends) end.destroy();
  };
  return { url: `http://127.0.0.1:${String(address.port)}`, cut };
}

async function heldConnection(): Promise<OriginConnection> {
  await until(() => held.length > 0);
  const connection = held.pop();
  if (connection === undefined) throw new Error('nothing is held');
  return connection;
}

describe('a retrieval that goes on', () => {
  it.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)('is shown phase by phase, redirects as they happen, with what has come so far: %s, %i wide', async (colorScheme, width) => {
    const { page, open, overflow, complaints, strangers, context } = await look(browser, app, { colorScheme, width });
    await open({ url: `${origin.url}/to-held` });
    const rows = page.locator('.live > li');
    await rows.nth(1).locator('.present', { hasText: 'First byte' }).waitFor();
    expect(await rows.nth(0).innerText()).toMatch(/302[^]*\/to-held/);
    expect(await rows.nth(1).innerText()).toContain('/held?');
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflow()).toBeLessThanOrEqual(0);
    const connection = await heldConnection();
    await connection.write(latin1('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2000\r\nConnection: close\r\n\r\n'));
    await rows.nth(1).locator('.present', { hasText: 'Download' }).waitFor();
    await connection.write(latin1('x'.repeat(1500)));
    await page.getByText('1.50 kB of 2.00 kB').waitFor();
    expect(await page.locator('progress').getAttribute('value')).toBe('1500');
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await connection.write(latin1('x'.repeat(500)));
    await page.locator('.story').waitFor();
    expect([complaints, strangers]).toEqual([[], []]);
    await context.close();
  });

  it('is ended at the target when it is cancelled', async () => {
    const { page, open, context } = await look(browser, app);
    await open({ url: `${origin.url}/held` });
    await page.locator('.live .present', { hasText: 'First byte' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.welcome').waitFor();
    const connection = await heldConnection();
    await until(async () => !(await connection.write(latin1('x'))));
    await context.close();
  });

  it('says that the server is gone, where it goes in the middle', async () => {
    const wire = await onAWire();
    const { page, open, context } = await look(browser, wire);
    try {
      await open({ url: `${origin.url}/held` });
      await page.locator('.live .present', { hasText: 'First byte' }).waitFor();
    } finally {
      wire.cut();
    }
    expect(await page.getByRole('alert').innerText()).toMatch(/^The answer broke off\s+The connection to this server ended/);
    await context.close();
  });

  it('tells what failed on the way as any failure, and not where policy does not let it go', async () => {
    const { page, open, context } = await look(browser, app);
    await open({ url: `${origin.url}/to-inside` });
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('leads where policy forbids');
    expect(await page.locator('body').innerText()).not.toMatch(/10\.0\.0\.1|secret/);
    await context.close();
  });
});
