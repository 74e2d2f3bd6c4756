import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from './problem.ts';
import type { Readiness } from './readiness.ts';
import type { Traffic } from './traffic.ts';

/** A connection over which nothing has come for so many milliseconds is idle: a caller in the midst of its requests is not cut off. */
const IDLE_MS = 1000;
/** Milliseconds that answers under way are given once they have been ended, and connections to close. */
const LAST_MS = 2000;
const STEP_MS = 20;

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
  while (traffic.inUse(stoppedAt, IDLE_MS) > 0 && !isOver()) await step(traffic, IDLE_MS);
  if (traffic.underWay > 0) {
    traffic.abortAll(
      new ProblemError('OVERLOADED', 'this server is stopping and did not come to an end of this; ask again', { retryAfterS: 1 }),
    );
    await until(() => traffic.underWay === 0, traffic);
  }
  // What has come by now is read first: a connection that is closed with a request in it would lose that.
  await setImmediate();
  server.close();
  await until(() => traffic.open === 0, traffic);
}

async function until(isDone: () => boolean, traffic: Traffic): Promise<void> {
  const endsAt = performance.now() + LAST_MS;
  while (!isDone() && performance.now() < endsAt) await step(traffic, IDLE_MS / 2);
}

async function step(traffic: Traffic, idleMs: number): Promise<void> {
  await sleep(STEP_MS);
  // After the sockets have been read, as above.
  await setImmediate();
  traffic.closeIdle(idleMs);
}
