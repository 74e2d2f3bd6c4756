import { setTimeout as sleep } from 'node:timers/promises';
import { drain } from './api/drain.ts';
import { Readiness } from './api/readiness.ts';
import { Traffic } from './api/traffic.ts';
import { createApp } from './app.setup.ts';
import type { Settings } from './settings/settings.ts';
import type { Colleagues } from './workers/colleagues.ts';

/** Milliseconds that connections to targets and processes that read documents are given to end. */
const CLOSE_MS = 3000;
/** Connections that wait to be accepted while the process is busy; past them the system drops what callers send, and they wait a minute. */
const BACKLOG = 4096;

/** An application in this process. */
export interface Serving {
  /** Answers what is under way, and ends the process with 0; told so twice, it ends at once with 1. */
  stop: () => Promise<void>;
  /** Listens from now on; gives the URL. */
  listen: () => Promise<string>;
}

/** Makes the application of this process; it does not listen yet. */
export async function serve(settings: Settings, colleagues?: Colleagues): Promise<Serving> {
  const app = await createApp(settings, [], colleagues);
  // The last resort: whatever a target or a caller has made happen, the others are still answered.
  const survive = (error: unknown): void => {
    app.getHttpAdapter().getInstance().log.fatal({ err: error }, 'unexpected error outside of a request');
  };
  let isStopping = false;
  return {
    async stop() {
      // A second signal says that waiting is not wanted.
      if (isStopping) process.exit(1);
      isStopping = true;
      const { server } = app.getHttpAdapter().getInstance();
      await drain({ server, readiness: app.get(Readiness), traffic: app.get(Traffic) }, settings.DRAIN_TIMEOUT_MS);
      await Promise.race([app.close().catch(survive), sleep(CLOSE_MS)]);
      process.exit(0);
    },
    async listen() {
      await app.listen({ port: settings.PORT, host: settings.HOST, backlog: BACKLOG });
      process.on('uncaughtException', survive);
      process.on('unhandledRejection', survive);
      return (await app.getUrl()).replace(/\/$/, '');
    },
  };
}
