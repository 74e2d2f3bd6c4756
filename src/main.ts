import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { drain } from './api/drain.ts';
import { Readiness } from './api/readiness.ts';
import { Traffic } from './api/traffic.ts';
import { createApp } from './app.setup.ts';
import { readSettings, SettingsError, VERSION } from './settings/settings.ts';

/** Milliseconds that connections to targets and processes that read documents are given to end. */
const CLOSE_MS = 3000;
/** Connections that wait to be accepted while the process is busy; past them the system drops what callers send, and they wait a minute. */
const BACKLOG = 4096;

async function main(): Promise<void> {
  // What the environment says already wins over the file.
  if (existsSync('.env')) process.loadEnvFile('.env');
  const settings = readSettings(process.env);
  const app = await createApp(settings);
  // The last resort: whatever a target or a caller has made happen, the others are still answered.
  const survive = (error: unknown): void => {
    app.getHttpAdapter().getInstance().log.fatal({ err: error }, 'unexpected error outside of a request');
  };
  // Before anybody is told that it is ready.
  let isStopping = false;
  const stop = async (): Promise<void> => {
    // A second signal says that waiting is not wanted.
    if (isStopping) process.exit(1);
    isStopping = true;
    const { server } = app.getHttpAdapter().getInstance();
    await drain({ server, readiness: app.get(Readiness), traffic: app.get(Traffic) }, settings.DRAIN_TIMEOUT_MS);
    await Promise.race([app.close().catch(survive), sleep(CLOSE_MS)]);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  // npm's shell does not pass SIGTERM on: it just goes, and would leave the server behind.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] !== undefined) {
    setInterval(() => {
      if (process.ppid !== parent && !isStopping) void stop();
    }, 250).unref();
  }
  process.on('SIGINT', () => void stop());

  await app.listen({ port: settings.PORT, host: settings.HOST, backlog: BACKLOG });
  // When nobody reads what is written any more, to tell of that would fail in its turn, for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
  const url = (await app.getUrl()).replace(/\/$/, '');
  const curl = (path: string): string => `curl '${url}${path}'`;
  process.stdout.write(
    `Pagewire ${VERSION} is ready at ${url}/ · try: ${curl('/links?url=https://example.com/')} · ${curl('/headers?url=https://example.com/')} · ${curl('/encode?text=H')}\n`,
  );
}

main().catch((error: unknown) => {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  const words =
    error instanceof SettingsError
      ? error.message
      : code === 'EADDRINUSE'
        ? `the address is in use: another server listens there; set PORT to another port (${message})`
        : syscall === 'listen' || syscall === 'getaddrinfo'
          ? `HOST is not an address of this machine to listen on (${message})`
          : String((error as Error).stack);
  process.stderr.write(`pagewire: ${words}\n`);
  process.exit(1);
});
