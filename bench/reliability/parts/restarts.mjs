/** Ends under load: killed and started again, and asked to end in order. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../children.mjs';
import { counts, ms, sum } from '../words.mjs';

/** True when a process could listen there. */
async function isFree(port) {
  const server = createServer().listen(port, '127.0.0.1');
  const isListening = await Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)]);
  if (isListening) {
    server.close();
    await once(server, 'close');
  }
  return isListening;
}

async function killed({ origins, loader, startServer, options: { kills } }) {
  const port = await freePort();
  let server = await startServer({}, port);
  const load = loader.ask('run', {
    server: server.url,
    targets: origins.facts,
    mix: 'views',
    perSecond: 40,
    retryForMs: 60_000,
    seed: 11,
  });
  const readyMs = [];
  let free = 0;
  for (let index = 0; index < kills; index += 1) {
    await sleep(4000);
    await server.end('SIGKILL');
    if (await isFree(port)) free += 1;
    server = await startServer({}, port);
    readyMs.push(server.readyMs);
  }
  await sleep(3000);
  await loader.ask('stop');
  const figures = await load;
  await server.end('SIGTERM');
  const errors = { ...figures.refused, ...figures.wrong, ...figures.unanswered };
  return {
    what: 'SIGKILL under load, started again at the same port at once',
    asked: `${String(kills)} times: the port is free, the server ready, and every caller that asks again, ever less often and for up to 60 s, is answered`,
    measured: `port free ${String(free)} of ${String(kills)}; ready in ${ms(Math.min(...readyMs))} to ${ms(Math.max(...readyMs))}; ${String(figures.rightCount)} of ${String(figures.sent)} callers answered, ${String(figures.retries)} tries more; errors ${String(sum(errors))} (${counts(errors)})`,
    passed: free === kills && sum(errors) === 0 && figures.rightCount === figures.sent,
  };
}

async function terminated({ origins, loader, startServer, options: { runs } }, { fresh, seed }) {
  const all = { answered: 0, lost: 0, unaccepted: {}, wrong: {}, codes: {} };
  let longestMs = 0;
  for (let index = 0; index < runs; index += 1) {
    const server = await startServer();
    await origins.ask('count');
    // It sends for a while after the end, too: those find no server.
    const load = loader.ask('run', {
      server: server.url,
      targets: origins.facts,
      mix: 'slow',
      perSecond: 100,
      fresh,
      seconds: 3,
      seed: seed + index,
    });
    await sleep(1500 + Math.random() * 500);
    const startedAt = performance.now();
    const code = await server.end('SIGTERM');
    longestMs = Math.max(longestMs, performance.now() - startedAt);
    all.codes[String(code)] = (all.codes[String(code)] ?? 0) + 1;
    const figures = await load;
    const reached = await origins.ask('seen', { numbers: figures.unansweredNumbers });
    all.answered += figures.rightCount;
    all.lost += reached.length;
    for (const [name, count] of Object.entries(figures.unanswered)) all.unaccepted[name] = (all.unaccepted[name] ?? 0) + count;
    for (const [name, count] of Object.entries({ ...figures.wrong, ...figures.refused })) all.wrong[name] = (all.wrong[name] ?? 0) + count;
  }
  const others = Object.fromEntries(Object.entries(all.wrong).filter(([name]) => !name.includes('503 OVERLOADED')));
  return {
    what: `SIGTERM under load, ${fresh ? 'a connection a request' : 'kept connections'}`,
    asked: `${String(runs)} runs at 100 requests a second of 100 to 400 ms: no request whose retrieval had begun is lost, exit code 0`,
    measured: `${String(all.answered)} answered, lost ${String(all.lost)}; not accepted (the server was gone, or going): ${counts(all.unaccepted)}; anything else: ${counts(all.wrong)}; exit codes ${counts(all.codes)}; gone in at most ${ms(longestMs)}`,
    passed: all.lost === 0 && sum(others) === 0 && all.codes['0'] === runs && all.answered > 0,
  };
}

export async function restarts(bench) {
  return [await killed(bench), await terminated(bench, { fresh: true, seed: 100 }), await terminated(bench, { fresh: false, seed: 200 })];
}
