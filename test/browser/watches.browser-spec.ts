import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import type { TestApp } from '../support/app.ts';
import { until } from '../support/held-origin.ts';
import { type Receiver, startReceiver } from '../support/webhook-receiver.ts';
import { accessFaults } from './axe.ts';
import { type JobsPage, startJobsPage, stateOf } from './jobs-page.ts';
import type { Looked } from './looked.ts';

const EVIL = `"'><img src=http://stranger.example/x onerror=alert(1)><script>alert(2)</script>`;
/** Reads from right to left what is behind it. */
const TURNED = '\u202egnp.exe';

/** What the page says now. */
let price = '12.00';

const shop = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<h1>Seeds</h1><b class=price>${price}</b>`);
});

let jobs: JobsPage;
let app: TestApp;
let receiver: Receiver;
let looked: Looked;
let url = '';

beforeAll(async () => {
  shop.listen(0, '127.0.0.1');
  [receiver] = await Promise.all([startReceiver(), once(shop, 'listening')]);
  url = `http://127.0.0.1:${String((shop.address() as AddressInfo).port)}/`;
  jobs = await startJobsPage();
  ({ app, looked } = jobs);
}, 90_000);

afterAll(async () => {
  await (jobs as JobsPage | undefined)?.close();
  receiver.close();
  shop.closeAllConnections();
  shop.close();
});

const at = (fragment: string): Promise<Page> => jobs.at(fragment);

interface Watch {
  id: string;
  webhook: { id: string; secret: string | null };
}

/** Begins a watch past the page, and waits for its first look. */
async function watch(members: object = {}): Promise<Watch> {
  const views = { extract: { shape: { heading: 'h1', price: '.price' } } };
  const answer = await app.send<Watch>('/watches?wait=30', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, every: 'PT1H', views, ...members }),
  });
  return answer.json;
}

const part = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Parts of the watch' }).getByRole('button', { name }).click();
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

describe('watches', () => {
  it('are begun by one click on the demo, where there are none', async () => {
    const page = await at('#watches');
    await page.getByRole('heading', { name: 'There are none yet' }).waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await page.getByRole('button', { name: /^A price that changes/ }).click();
    // The database is opened now, which a busy machine takes long for.
    await stateOf(page, 'baseline', 45_000);
    await page.getByText('Nothing has changed in 1 look.').waitFor();
    await until(async () => {
      await press(page, 'Look now');
      await page.getByRole('button', { name: 'Look now' }).waitFor();
      return (await page.locator('.run-of-changes').count()) > 0;
    });
    await page.getByText('extract.data.price').first().waitFor();
    expect(looked.news()).toEqual([[], []]);
  }, 60_000);

  it('are begun by a form, find a change, show what it was and is, are paused and deleted', async () => {
    price = '12.00';
    const page = await at('#watches/new');
    await page.getByLabel('URL', { exact: true }).fill(url);
    await page.getByLabel('shape', { exact: true }).fill('{"price": ".price"}');
    await page.getByLabel('every', { exact: true }).fill('');
    await page.getByText('Say one of every and cron.').waitFor();
    expect(await page.getByRole('button', { name: 'Begin' }).isDisabled()).toBe(true);
    await page.getByLabel('every', { exact: true }).fill('PT30M');
    await press(page, 'Add a condition');
    await page.getByLabel('Value 2').fill('extract.data.price');
    await page.getByLabel('Operator 2').selectOption('less');
    await page.getByLabel('Held against 2').fill('10');
    expect(await accessFaults(page)).toEqual([]);
    expect(await page.locator('.request-text').innerText()).toContain('"op":"less"');
    await press(page, 'Begin');
    await stateOf(page, 'baseline');
    expect(await page.locator('.assertions').innerText()).toMatch(
      /^holds\s+status equals "200"\s+does not hold\s+extract.data.price less "10"$/,
    );
    price = '9.50';
    await press(page, 'Look now');
    const change = page.locator('.changes > li');
    await change.waitFor();
    expect(await change.locator('.change-head').innerText()).toMatch(/changed\s+extract\.data\.price/);
    expect(await change.locator('.diff-left mark').innerText()).toBe('12.0');
    expect(await change.locator('.diff-right mark').innerText()).toBe('9.5');
    expect(await page.locator('.assertions').innerText()).not.toContain('does not hold');
    await press(page, 'The page before');
    await page.locator('.snapshot-link').getByText(`"${url}"`).first().waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await part(page, 'Runs');
    await page.getByRole('cell', { name: /, asked for/ }).waitFor();
    expect(await page.locator('.jobs-table tbody tr').count()).toBe(2);
    await part(page, 'Events');
    expect(await page.locator('.events > li').first().innerText()).toContain('watch.assertion.recovered');
    expect(await page.locator('.events > li').count()).toBe(3);
    await part(page, 'Settings');
    await page.getByLabel('every', { exact: true }).fill('P1D');
    await press(page, 'Change it');
    await page.locator('.jobs-facts dd', { hasText: 'every day' }).waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await press(page, 'Pause');
    await stateOf(page, 'paused');
    await page.locator('.jobs-facts dd', { hasText: 'not by itself' }).waitFor();
    await press(page, 'Go on');
    await stateOf(page, 'active');
    await press(page, 'Delete');
    await press(page, 'Delete it, with all that it has found');
    await page.getByRole('heading', { name: 'Watches', level: 1 }).waitFor();
    await until(async () => (await page.locator('.jobs-table tbody tr').count()) === 1);
    expect(looked.news()).toEqual([[], []]);
  });

  it('say the request in every language, that which changes them as well', async () => {
    const { id } = await watch();
    const page = await at(`#watches/${id}?part=settings`);
    await page.getByLabel('confirm', { exact: true }).fill('3');
    const text = page.locator('.request-text');
    await page.getByRole('button', { name: 'curl', exact: true }).click();
    expect(await text.innerText()).toContain(`curl -X PATCH '${app.url}/watches/${id}'`);
    await page.getByRole('button', { name: 'GraphQL', exact: true }).click();
    await text.getByText(/updateWatch\(/).waitFor();
    await part(page, 'Request');
    await text.getByText(/watch\(id: /).waitFor();
    await page.getByRole('button', { name: 'curl', exact: true }).click();
    expect(looked.news()).toEqual([[], []]);
  });

  it('show hostile texts as what they are', async () => {
    price = '1';
    const { id } = await watch({ assert: [{ path: `extract.data.${EVIL}`, op: 'equals', value: TURNED }] });
    price = `${EVIL.replaceAll('<', '&lt;')}${TURNED}`;
    await app.send(`/watches/${id}/run?wait=30`, { method: 'POST' });
    const page = await at(`#watches/${id}`);
    await page.locator('.changes > li').waitFor();
    expect(await page.locator('.diff-right').innerText()).toContain('<script>alert(2)</script>');
    expect(await page.locator('.diff-right .unseen').count()).toBe(1);
    for (const name of ['Runs', 'Events']) {
      await part(page, name);
      await page.locator('.jobs-main').getByText('onerror=alert(1)').first().waitFor();
      expect(await page.locator('.jobs-main .unseen').count()).toBeGreaterThan(0);
    }
    expect(await page.locator('.jobs-main :is(img, script)').count()).toBe(0);
    expect(looked.news()).toEqual([[], []]);
  });

  it('that are not there are told as that', async () => {
    const page = await at('#watches/none');
    await page.getByRole('link', { name: 'All watches' }).waitFor();
    await page.getByText('there is no watch "none"').waitFor();
    expect(looked.news()[1]).toEqual([]);
  });
});

describe('deliveries', () => {
  it('teach, where there are none, how they are asked for and verified', async () => {
    const page = await at('#deliveries');
    await page.getByText('Nothing was told yet.').waitFor();
    expect(await page.locator('.receiver-text').innerText()).toContain('timingSafeEqual');
    await page.getByRole('group', { name: 'A receiver' }).getByRole('button', { name: 'Python' }).click();
    expect(await page.locator('.receiver-text').innerText()).toContain('hmac.compare_digest');
    expect(await accessFaults(page)).toEqual([]);
    expect(looked.news()).toEqual([[], []]);
  });

  it('come of what a form begins, whose secret is told once, are filtered, opened and made again', async () => {
    price = '20.00';
    const hook = `${receiver.url}/third-time?console`;
    const page = await at('#watches/new');
    await page.getByLabel('URL', { exact: true }).fill(url);
    await page.getByLabel('Posted to').fill(hook);
    await page.getByLabel('watch.failed').uncheck();
    await press(page, 'Begin');
    const secret = await page.locator('.secret-told code').innerText();
    expect(secret).toMatch(/^whsec_/);
    await press(page, 'I have it');
    expect(await page.locator('.secret-told').count()).toBe(0);
    await stateOf(page, 'baseline');
    price = '21.00';
    await press(page, 'Look now');
    await page.locator('.changes > li').waitFor();
    await until(() => receiver.at('/third-time?console').length > 0);
    await part(page, 'Webhook');
    expect(await page.locator('.jobs-facts').last().innerText()).not.toContain('watch.failed');
    await page.getByRole('link', { name: 'what it was told' }).click();
    await page.getByRole('heading', { name: 'Deliveries' }).waitFor();
    await page.getByLabel('State').selectOption('delivered');
    await page.getByText('There are none of these.').waitFor();
    await page.getByLabel('State').selectOption('pending');
    await page.locator('.jobs-table tbody a').click();
    await page.getByText('not yet: 1').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    // The receiver takes the third; what is tried by itself comes later than both.
    for (const count of [2, 3]) {
      await press(page, 'Deliver again');
      await until(async () => (await page.locator('.jobs-table tbody tr').count()) === count);
    }
    await stateOf(page, 'delivered');
    const sent = receiver.at('/third-time?console').at(-1);
    expect(new Webhook(secret).verify(sent?.body ?? '', sent?.headers as Record<string, string>)).toMatchObject({ type: 'watch.changed' });
    await press(page, 'Replace the secret');
    const next = await page.locator('.secret-told code').innerText();
    expect(next).not.toBe(secret);
    await press(page, 'Deliver again');
    await until(() => receiver.at('/third-time?console').length === 4);
    const both = receiver.at('/third-time?console').at(-1);
    for (const one of [secret, next])
      expect(() => new Webhook(one).verify(both?.body ?? '', both?.headers as Record<string, string>)).not.toThrow();
    expect(looked.news()).toEqual([[], []]);
  }, 60_000);

  it('of a batch tell its form’s secret once, too', async () => {
    const page = await at('#batches/new');
    await page.getByLabel('Posted to').fill(`${receiver.url}/taken?batch`);
    await press(page, 'Begin');
    expect(await page.locator('.secret-told code').innerText()).toMatch(/^whsec_/);
    await page.getByRole('link', { name: 'deliveries', exact: true }).click();
    await page.locator('.jobs-table tbody tr', { hasText: 'batch.completed' }).waitFor();
    expect(looked.news()).toEqual([[], []]);
  });
});

describe('both', () => {
  it.each(['light', 'dark'] as const)(
    'have no fault of access in %s, wide and narrow, and scroll no page sideways',
    async (scheme) => {
      price = '30.00';
      const { id } = await watch({ webhook: `${receiver.url}/taken?${scheme}` });
      price = '31.00 and some more '.repeat(20);
      await app.send(`/watches/${id}/run?wait=30`, { method: 'POST' });
      await until(() => receiver.at(`/taken?${scheme}`).length > 0);
      const { json } = await app.get<{ deliveries: { id: string }[] }>('/webhooks/deliveries', { of: id });
      await looked.page.emulateMedia({ colorScheme: scheme });
      for (const width of [1440, 390]) {
        await looked.page.setViewportSize({ width, height: 900 });
        for (const [name, fragment, shown] of [
          ['list', '#watches', '.jobs-table'],
          ['form', '#watches/new', '.request-text'],
          ['changes', `#watches/${id}`, '.changes'],
          ['runs', `#watches/${id}?part=runs`, '.jobs-table'],
          ['webhook', `#watches/${id}?part=webhook`, '.receiver-text'],
          ['deliveries', '#deliveries', '.jobs-table'],
          ['delivery', `#deliveries/${json.deliveries[0]?.id ?? ''}`, '.receiver-text'],
        ] as const) {
          const page = await at(fragment);
          await page.locator(shown).first().waitFor();
          expect([name, await accessFaults(page)]).toEqual([name, []]);
          expect([name, width, await looked.overflow()]).toEqual([name, width, 0]);
          const folder = process.env['SCREENSHOTS'];
          if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-${String(width)}-${scheme}.png`, fullPage: true });
        }
      }
      await looked.page.setViewportSize({ width: 1280, height: 720 });
      expect(looked.news()).toEqual([[], []]);
    },
    90_000,
  );
});
