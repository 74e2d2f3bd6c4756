/**
 * What it costs to note everything of an exchange (literal bytes, timings, pieces, heads): pages of 100 KB retrieved with
 * the bookkeeping, and by the same door without it, in turn, 16 in flight. `npm run build` first.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { Deadline } from '../dist/fetch/deadline.js';
import { Dispatcher } from '../dist/fetch/dispatcher.js';
import { performExchange } from '../dist/fetch/exchange.js';
import { NameResolver } from '../dist/fetch/name-resolver.js';
import { parseTargetList } from '../dist/settings/target-list.js';

const ROUNDS = 9;
const PAGES = 3000;
const IN_FLIGHT = 16;

if (process.send) {
  const page = Buffer.from('<p>A page of words and <a href="/x">links</a>.</p>\n'.repeat(2000));
  const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(page));
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
} else {
  const origin = fork(new URL(import.meta.url).pathname);
  const port = await new Promise((resolve) => origin.once('message', resolve));
  const url = new URL(`http://127.0.0.1:${port}/`);
  const policy = { allow: parseTargetList('127.0.0.1'), deny: parseTargetList('') };
  const dispatcher = new Dispatcher({
    policy,
    resolver: new NameResolver(null),
    maxPerOrigin: IN_FLIGHT,
    maxHeaderBytes: 65536,
    connectTimeoutMs: 5000,
  });
  const limits = { maxBytes: 20_971_520, maxHeaderBytes: 65536 };
  const headers = [{ name: 'User-Agent', value: 'bench' }];

  const withBookkeeping = async () => {
    const deadline = new Deadline(10_000);
    await performExchange(dispatcher, { url, method: 'GET', headers, content: null, insecureTls: false }, () => true, limits, deadline);
    deadline.clear();
  };
  const without = () =>
    new Promise((resolve, reject) => {
      const pieces = [];
      dispatcher.dispatch(
        { origin: url.origin, path: '/', method: 'GET', headers: ['User-Agent', 'bench'], body: null },
        {
          onConnection() {},
          onRequestStart() {},
          onResponseStart() {},
          onResponseData: (_controller, data) => pieces.push(data),
          onResponseEnd: () => resolve(Buffer.concat(pieces)),
          onResponseError: (_controller, error) => reject(error),
        },
        false,
      );
    });

  const round = async (retrieve) => {
    let left = PAGES;
    const before = process.cpuUsage();
    const started = performance.now();
    const lane = async () => {
      while (left-- > 0) await retrieve();
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    const { user, system } = process.cpuUsage(before);
    return { cpuMs: (user + system) / 1000 / PAGES, perSecond: (PAGES / (performance.now() - started)) * 1000 };
  };

  const results = { with: [], without: [] };
  await round(withBookkeeping);
  await round(without);
  for (let index = 0; index < ROUNDS; index += 1) {
    results.with.push(await round(withBookkeeping));
    results.without.push(await round(without));
  }
  const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];
  for (const [name, rounds] of Object.entries(results)) {
    const cpu = median(rounds.map(({ cpuMs }) => cpuMs));
    const rate = median(rounds.map(({ perSecond }) => perSecond));
    console.log(`${name.padEnd(8)} ${cpu.toFixed(4)} ms CPU a page, ${rate.toFixed(0)} pages/s (medians of ${ROUNDS} rounds of ${PAGES})`);
  }
  const ratios = results.with.map(({ perSecond }, index) => perSecond / results.without[index].perSecond);
  console.log(
    `pages/s with : without, pair by pair: median ${median(ratios).toFixed(3)}, from ${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)}`,
  );
  origin.kill();
  await dispatcher.close();
}
