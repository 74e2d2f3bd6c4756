/**
 * The callers, in a process of their own, light enough to leave the cores to the server. Run by children.mjs: an order
 * comes as a message, and its figures go back as one.
 */
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request as send } from 'undici';
import { MIXES } from './mix.mjs';
import { between, seededRandom } from './random.mjs';

/** So many requests may be under way when they are sent by the clock, and so many connections are kept for them. */
const MOST_UNDER_WAY = 512;

let isStopped = false;

/** What became of the requests of an order. */
class Figures {
  sent = 0;
  unsent = 0;
  hungUp = 0;
  retries = 0;
  withoutRetryAfter = 0;
  /** Answered as it is right, and answered so with 200. */
  right = createHistogram();
  rightCount = 0;
  /** `503 OVERLOADED`, `429 RATE_LIMITED`, how often. */
  refused = {};
  refusedTimes = createHistogram();
  /** Right failures by their code. */
  codes = {};
  /** Anything else that was answered, and what was not answered at all. */
  wrong = {};
  unanswered = {};
  unansweredNumbers = [];

  toJSON() {
    const times = (histogram) =>
      histogram.count === 0
        ? null
        : { p50: histogram.percentile(50) / 1000, p99: histogram.percentile(99) / 1000, max: histogram.max / 1000 };
    return { ...this, right: times(this.right), refusedTimes: times(this.refusedTimes) };
  }
}

function tell(counts, key) {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** The code of a problem, over REST or within GraphQL; null for an answer without one. */
function codeOf(status, what, text) {
  if (status !== 200) return /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? 'no code';
  return what === 'graphql' && text.includes('"errors":[') ? (/"code":"([A-Z_]+)"/.exec(text)?.[1] ?? 'no code') : null;
}

const microseconds = (since) => Math.max(1, Math.round((performance.now() - since) * 1000));

/** Sends one request and notes what became of it. Resolves to false where asking again may help. */
async function ask(item, n, { server, fresh }, agent, figures, isLastTry) {
  const startedAt = performance.now();
  const abort = item.hangsUpMs === undefined ? null : new AbortController();
  const timer = abort === null ? undefined : setTimeout(() => abort.abort(), item.hangsUpMs);
  try {
    const { statusCode, headers, body } = await send(server + item.path, {
      dispatcher: agent,
      method: item.method,
      headers: { ...(item.body !== undefined && { 'Content-Type': 'application/json' }), ...(fresh && { Connection: 'close' }) },
      body: item.body,
      signal: abort?.signal,
    });
    const isRead = statusCode !== 200 || item.what === 'graphql';
    const text = isRead ? await body.text() : '';
    if (!isRead) await body.arrayBuffer();
    const code = codeOf(statusCode, item.what, text);
    if (code === null || item.right.includes(code) || (item.right[0] === '*' && statusCode !== 500)) {
      figures.right.record(microseconds(startedAt));
      figures.rightCount += 1;
      if (code !== null) tell(figures.codes, code);
      return true;
    }
    if (code === 'OVERLOADED' || code === 'RATE_LIMITED') {
      if (!isLastTry) return false;
      figures.refusedTimes.record(microseconds(startedAt));
      tell(figures.refused, `${statusCode === 200 ? 'GraphQL' : String(statusCode)} ${code}`);
      if (statusCode !== 200 && !/^\d+$/.test(String(headers['retry-after']))) figures.withoutRetryAfter += 1;
      return true;
    }
    tell(figures.wrong, `${item.what}: ${String(statusCode)} ${code}`);
    return true;
  } catch (error) {
    if (abort?.signal.aborted === true) {
      figures.hungUp += 1;
      return true;
    }
    if (!isLastTry) return false;
    tell(figures.unanswered, error.code ?? error.name);
    if (figures.unansweredNumbers.length < 10_000) figures.unansweredNumbers.push(n);
    return true;
  } finally {
    clearTimeout(timer);
  }
}

/** Asks until there is an answer, or for so long, less and less often: callers that do not would keep a server down. */
async function askPatiently(item, n, order, agent, figures, random) {
  const patientUntil = performance.now() + (order.retryForMs ?? 0);
  for (let most = 100; ; most = Math.min(4000, most * 2)) {
    if (await ask(item, n, order, agent, figures, performance.now() >= patientUntil)) return;
    figures.retries += 1;
    await sleep(between(random, most / 2, most));
  }
}

/** Opens the connections to be kept: a clock that opened them would measure that. */
function openAll({ server }, agent) {
  const opened = Array.from({ length: MOST_UNDER_WAY }, async () => {
    const { body } = await send(`${server}/health/live`, { dispatcher: agent });
    await body.dump();
  });
  return Promise.all(opened);
}

/** Keeps `lanes` requests under way, or sends `perSecond`, for `seconds` or until `count` are sent. */
async function run(order) {
  const { mix, targets, lanes, perSecond, seconds = Infinity, count = Infinity, seed = 1, fresh = false } = order;
  const random = seededRandom(seed);
  const figures = new Figures();
  const agent = new Agent({
    connections: lanes ?? MOST_UNDER_WAY,
    pipelining: fresh ? 0 : 1,
    headersTimeout: 90_000,
    bodyTimeout: 90_000,
    keepAliveTimeout: 60_000,
    connect: { timeout: 20_000 },
  });
  if (order.opensFirst) await openAll(order, agent);
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const isOver = () => isStopped || figures.sent >= count || elapsed() >= seconds;
  const one = async () => {
    const n = `${String(seed)}-${String(process.pid)}-${String(figures.sent++)}`;
    await askPatiently(MIXES[mix](random, n, targets), n, order, agent, figures, random);
  };
  isStopped = false;
  if (lanes !== undefined) {
    const lane = async () => {
      while (!isOver()) await one();
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  } else {
    const underWay = new Set();
    while (!isOver()) {
      for (let due = Math.floor(elapsed() * perSecond) - figures.sent - figures.unsent; due > 0 && !isOver(); due -= 1) {
        if (underWay.size >= MOST_UNDER_WAY) {
          figures.unsent += 1;
          continue;
        }
        const asked = one().finally(() => underWay.delete(asked));
        underWay.add(asked);
      }
      await sleep(5);
    }
    await Promise.all(underWay);
  }
  const tookS = elapsed();
  await agent.destroy();
  return { ...figures.toJSON(), tookS };
}

process.on('message', async ({ id, command, ...order }) => {
  if (command === 'stop') isStopped = true;
  process.send({ id, result: command === 'run' ? await run(order) : null });
});
process.on('disconnect', () => process.exit(0));
process.send({ id: 'ready', result: null });
