/** Callers that hang up at any moment: nothing of what they asked for stays. */
import { Agent, fetch } from 'undici';
import { isHealthy } from '../children.mjs';
import { settle, watch } from '../process-facts.mjs';
import { counts, course, sum } from '../words.mjs';

const SPARE_MB = 64;
const SPARE_SHARE = 0.15;
const SETTLE_S = 60;
/** Defaults of FETCH_MAX_CONCURRENT and FETCH_MAX_PER_ORIGIN. */
const SLOTS = 64;
const PER_ORIGIN = 16;

/** Retrievals whose origin answers none before all are there: how many are answered. */
async function together(server, { facts: { ports } }) {
  const key = String(Math.random());
  const agent = new Agent();
  const answers = await Promise.all(
    Array.from({ length: SLOTS }, (_, index) => {
      const port = ports[Math.floor(index / PER_ORIGIN)];
      const target = `http://127.0.0.1:${String(port)}/barrier?key=${key}&wanted=${String(SLOTS)}&index=${String(index)}`;
      return fetch(`${server.url}/fetch?timeoutMs=10000&url=${encodeURIComponent(target)}`, {
        dispatcher: agent,
        signal: AbortSignal.timeout(30_000),
      }).then(
        async (response) => (await response.arrayBuffer(), response.status),
        () => 0,
      );
    }),
  );
  await agent.destroy();
  return answers.filter((status) => status === 200).length;
}

export async function hangUps({ origins, loader, startServer, options: { callers } }) {
  const server = await startServer({ CACHE_MAX_BYTES: '33554432' });
  const order = { server: server.url, targets: origins.facts };
  await loader.ask('run', { ...order, mix: 'views', lanes: 16, seconds: 10, seed: 1 });
  await loader.ask('run', { ...order, mix: 'hangUps', lanes: 50, count: 200, seed: 2 });
  const before = await settle(server, (facts) => facts.callers <= 1 && facts.origins === 0, 45);
  const watcher = watch(server, 250);
  const figures = await loader.ask('run', { ...order, mix: 'hangUps', lanes: 100, count: callers, seed: 3 });
  const peak = watcher.stop();
  const isBack = (facts) =>
    facts.rssMb <= before.rssMb + Math.max(SPARE_MB, before.rssMb * SPARE_SHARE) &&
    facts.fds <= before.fds + 2 &&
    facts.callers <= 1 &&
    facts.origins === 0;
  // Soon after, before any deadline of a retrieval could have done it.
  const soon = await settle(server, (facts) => facts.origins === 0, 10);
  const started = await together(server, origins);
  const after = await settle(server, isBack, SETTLE_S);
  const isWell = await isHealthy(server, origins);
  const logged = server.errors().length;
  const others = { ...figures.wrong, ...figures.unanswered };
  return [
    {
      what: 'callers that hang up at a random moment of the first 600 ms',
      asked: `${String(callers)}, 100 at a time: none of the rest is answered wrongly`,
      measured: `${String(figures.hungUp)} hung up, ${String(figures.rightCount)} were answered before, refused ${counts(figures.refused)}; anything else: ${counts(others)}; lines logged as errors ${String(logged)}; afterwards ${isWell ? 'healthy' : 'NOT healthy'}`,
      passed: figures.hungUp > 0 && sum(others) === 0 && logged === 0 && isWell,
    },
    {
      what: 'their retrievals end with them',
      asked: 'within 10 s (a retrieval has 30 s) no socket to an origin is left',
      measured: `${String(soon.origins)} left after ${soon.afterS.toFixed(0)} s`,
      passed: soon.origins === 0,
    },
    {
      what: 'their places are free again',
      asked: `${String(SLOTS)} retrievals that are answered only when all of them run`,
      measured: `${String(started)} answered`,
      passed: started === SLOTS,
    },
    {
      what: 'what stays behind',
      asked: `memory at most ${String(SPARE_MB)} MiB or ${String(SPARE_SHARE * 100)} % above before, no socket, no descriptor more`,
      measured: course(before, peak, after),
      passed: isBack(after),
    },
  ];
}
