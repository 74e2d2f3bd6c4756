import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from './problem.ts';
import type { Readiness } from './readiness.ts';
import type { Traffic } from './traffic.ts';

/** A connection over which nothing has come for so many milliseconds is idle: a caller in the midst of its requests is not cut off. */
const IDLE_MS = 1000;
/** Milliseconds that answers under way are given once they have been ended, and connections to close. */
const LAST_MS = 3000;
const STEP_MS = 20;
/** Turns of the event loop without a new connection: one a turn is taken. */
const QUIET_TURNS = 3;

/** What a server that stops needs to know of itself. */
interface Stopping {
  server: { close(): unknown };
  readiness: Readiness;
  traffic: Traffic;
}

/**
 * Sees every request that came before to its answer, for so many milliseconds; what is left then is answered `OVERLOADED`.
 * Meanwhile the server listens on, so that probes and new callers are told to go elsewhere, and not refused by the system.
 */
export async function drain({ server, readiness, traffic }: Stopping, maxMs: number): Promise<void> {
  readiness.stop();
  const stoppedAt = performance.now();
  const isOver = (): boolean => performance.now() - stoppedAt >= maxMs;
  // Once at least: who has just connected is to be heard.
  do await step(traffic);
  while (traffic.inUse(stoppedAt, IDLE_MS) > 0 && !isOver());
  if (traffic.underWay > 0) {
    traffic.abortAll(
      new ProblemError('OVERLOADED', 'this server is stopping and did not come to an end of this; ask again', { retryAfterS: 1 }),
    );
    await until(() => traffic.underWay === 0, traffic);
  }
  await untilQuiet(traffic);
  server.close();
  await until(() => traffic.open === 0, traffic);
}

/** A server that stops to listen resets the connections that wait to be taken: it does so once there are none. */
async function untilQuiet(traffic: Traffic): Promise<void> {
  const endsAt = performance.now() + LAST_MS;
  for (let quiet = 0; quiet < QUIET_TURNS && performance.now() < endsAt; quiet += 1) {
    const { accepted } = traffic;
    await setImmediate();
    if (traffic.accepted !== accepted) quiet = -1;
  }
}

async function until(isDone: () => boolean, traffic: Traffic): Promise<void> {
  const endsAt = performance.now() + LAST_MS;
  while (!isDone() && performance.now() < endsAt) await step(traffic);
}

async function step(traffic: Traffic): Promise<void> {
  await sleep(STEP_MS);
  // What has come by now is read first: a connection that is closed with a request in it would lose that.
  await setImmediate();
  traffic.closeIdle(IDLE_MS);
}
