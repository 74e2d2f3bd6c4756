/** Four times what the server can do: what is accepted, what is refused and how, and what stays behind. */
import { settle, watch } from '../process-facts.mjs';
import { course, counts, sum, times } from '../words.mjs';

const LANES = [4, 8, 16, 32, 64, 128];
const RAMP_S = 5;
const SETTLE_S = 90;
/** Memory may stay so much above where it was: what the allocator keeps for next time. */
const SPARE_MB = 64;
const SPARE_SHARE = 0.15;

/** More and more in flight, until more in flight does not mean more answers. */
async function ramp(loader, order) {
  const steps = [];
  for (const lanes of LANES) {
    const figures = await loader.ask('run', { ...order, lanes, seconds: RAMP_S, seed: lanes });
    steps.push({ lanes, perSecond: figures.rightCount / figures.tookS, right: figures.right });
  }
  const most = Math.max(...steps.map(({ perSecond }) => perSecond));
  return { steps, most, knee: steps.find(({ perSecond }) => perSecond >= 0.95 * most) };
}

/** What was accepted and what was refused, as two rows. */
function rowsOf(figures, { what, asked, most, knee }) {
  const accepted = figures.rightCount / figures.tookS;
  const others = { ...figures.wrong, ...figures.unanswered };
  return [
    {
      what: `${what}: what is accepted`,
      asked: `${asked}: at least half of capacity is still answered`,
      measured: `sent ${(figures.sent / figures.tookS).toFixed(0)}/s (${String(figures.unsent)} held back by the loader, with 512 under way); accepted ${accepted.toFixed(0)}/s, ${times(figures.right)}, beside ${most.toFixed(0)}/s, ${times(knee.right)} at capacity`,
      passed: accepted >= most / 2,
    },
    {
      what: `${what}: what is refused`,
      asked: '503 `OVERLOADED` or 429 with `Retry-After`, nothing else',
      measured: `${counts(figures.refused)}, ${figures.refusedTimes === null ? '' : `${times(figures.refusedTimes)}; `}without Retry-After ${String(figures.withoutRetryAfter)}; anything else: ${counts(others)}`,
      passed: sum(others) === 0 && figures.withoutRetryAfter === 0,
    },
  ];
}

export async function overload({ origins, loader, startServer, options: { overloadSeconds, times: factor } }) {
  const server = await startServer({ CACHE_MAX_BYTES: '33554432' });
  const order = { server: server.url, targets: origins.facts, mix: 'views' };
  await loader.ask('run', { ...order, lanes: 16, seconds: 10, seed: 1 });
  const { steps, most, knee } = await ramp(loader, order);
  const perSecond = most * factor;
  const before = await settle(server, ({ callers, origins: toOrigins }) => callers <= 1 && toOrigins === 0, 20);
  const watcher = watch(server, 500);
  const kept = await loader.ask('run', { ...order, perSecond, seconds: overloadSeconds, seed: 7, opensFirst: true });
  const again = await loader.ask('run', { ...order, lanes: knee.lanes, seconds: RAMP_S, seed: 9 });
  const fresh = await loader.ask('run', { ...order, perSecond, seconds: overloadSeconds / 2, seed: 8, fresh: true });
  const peak = watcher.stop();
  const mostRssMb = before.rssMb + Math.max(SPARE_MB, before.rssMb * SPARE_SHARE);
  const isBack = ({ rssMb, fds, callers, origins: toOrigins }) =>
    rssMb <= mostRssMb && fds <= before.fds + 2 && callers <= 1 && toOrigins === 0;
  const after = await settle(server, isBack, SETTLE_S);
  const logged = server.errors().length;
  return [
    {
      what: 'capacity, by a ramp',
      asked: `${LANES.join(', ')} in flight, ${String(RAMP_S)} s each`,
      measured: `${steps.map((step) => `${String(step.lanes)}: ${step.perSecond.toFixed(0)}/s`).join(', ')}; at capacity (${String(knee.lanes)} in flight) ${times(knee.right)}`,
      passed: most > 0,
    },
    ...rowsOf(kept, {
      what: `${String(factor)} times capacity, kept connections`,
      asked: `${String(overloadSeconds)} s at ${perSecond.toFixed(0)}/s`,
      most,
      knee,
    }),
    ...rowsOf(fresh, {
      what: `${String(factor)} times capacity, a connection a request`,
      asked: `${String(overloadSeconds / 2)} s at ${perSecond.toFixed(0)}/s`,
      most,
      knee,
    }),
    {
      what: `${String(factor)} times capacity: right after it`,
      asked: `${String(knee.lanes)} in flight again: at least half of capacity; no error logged`,
      measured: `${(again.rightCount / again.tookS).toFixed(0)}/s, ${times(again.right)}; lines logged as errors ${String(logged)}`,
      passed: again.rightCount / again.tookS >= most / 2 && logged === 0,
    },
    {
      what: `${String(factor)} times capacity: what stays behind`,
      asked: `memory at most ${String(SPARE_MB)} MiB or ${String(SPARE_SHARE * 100)} % above before, no socket, no descriptor more`,
      measured: course(before, peak, after),
      passed: isBack(after),
    },
  ];
}
