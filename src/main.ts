import { existsSync } from 'node:fs';
import { exampleUrl, readSettings, type Settings, SettingsError, VERSION } from './settings/settings.ts';
import { Colleagues, type PrimaryMessage, WORKER_VARIABLE, type WorkerMessage } from './workers/colleagues.ts';
import { shareOf } from './workers/shares.ts';

async function main(): Promise<void> {
  const worker = process.env[WORKER_VARIABLE];
  if (worker !== undefined && process.connected) {
    await work(worker);
    return;
  }
  // What the environment says already wins over the file.
  if (existsSync('.env')) process.loadEnvFile('.env');
  const settings = readSettings(process.env);
  if (settings.WORKERS > 1) await lead(settings);
  else await serveAlone(settings);
}

/** The one process of a server. */
async function serveAlone(settings: Settings): Promise<void> {
  const { serve } = await import('./serve.ts');
  const { stop, listen } = await serve(settings);
  // Before anybody is told that it is ready.
  onStop(() => void stop());
  announce(await listen(), settings.DEMO);
  tidyUp();
}

/** The process that starts the workers: it has nothing of the application. */
async function lead({ WORKERS: workers, LOG_LEVEL: level, DEMO }: Settings): Promise<void> {
  const { Primary } = await import('./workers/primary.ts');
  const primary = new Primary({
    workers,
    isSilent: level === 'silent',
    onReady: (url) => {
      announce(url, DEMO);
    },
    onFailure: fail,
    onStopped: (isOrderly) => process.exit(isOrderly ? 0 : 1),
  });
  let isStopping = false;
  onStop(() => {
    if (isStopping) {
      primary.kill();
      process.exit(1);
    }
    isStopping = true;
    primary.stop();
  });
}

/** One of several processes; its environment is that of the primary process, which has checked the settings. */
async function work(worker: string): Promise<void> {
  const [number = 0, place = 0] = worker.split(' ').map(Number);
  const say = (message: WorkerMessage, then = (): void => undefined): void => void process.send?.(message, undefined, undefined, then);
  const colleagues = new Colleagues({ number, say });
  // A terminal and a service manager signal every process: the primary one says what is to be done, once.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined);
  try {
    const { serve } = await import('./serve.ts');
    const { stop, listen } = await serve(shareOf(readSettings(process.env), place), colleagues);
    process.on('message', (message: PrimaryMessage) => void (message.kind === 'stop' ? stop() : colleagues.hear(message)));
    const url = await listen();
    ignoreUnread();
    say({ kind: 'ready', url });
    tidyUp();
  } catch (error) {
    say({ kind: 'failed', why: inWords(error) }, () => process.exit(1));
  }
}

/** Has something done when this process is told to stop. */
function onStop(stop: () => void): void {
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (process.env['npm_lifecycle_event'] === undefined) return;
  // npm's shell does not pass SIGTERM on: it just goes, and would leave the server behind.
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 250).unref();
}

/**
 * Gives back some 40 MiB that starting took, in a tenth of a second: V8 would keep them until memory is short. Only where Node.js was started with
 * `--expose-gc`, as `npm start` does.
 */
function tidyUp(): void {
  if (typeof gc !== 'function') return;
  setTimeout(() => void gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' }), 2000).unref();
}

/** When nobody reads what is written any more, to tell of that would fail in its turn, for ever. */
function ignoreUnread(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function announce(url: string, hasDemo: boolean): void {
  ignoreUnread();
  const curl = (path: string): string => `curl '${url}${path}'`;
  const target = exampleUrl(hasDemo);
  process.stdout.write(
    `Pagewire ${VERSION} is ready at ${url}/ · try: ${curl(`/links?url=${target}`)} · ${curl(`/headers?url=${target}`)} · ${curl('/encode?text=H')}\n`,
  );
}

function inWords(error: unknown): string {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof SettingsError) return error.message;
  if (code === 'EADDRINUSE') return `the address is in use: another server listens there; set PORT to another port (${message})`;
  if (syscall === 'listen' || syscall === 'bind' || syscall === 'getaddrinfo')
    return `HOST is not an address of this machine to listen on (${message})`;
  return String((error as Error).stack);
}

function fail(words: string): void {
  process.stderr.write(`pagewire: ${words}\n`);
  process.exit(1);
}

main().catch((error: unknown) => {
  fail(inWords(error));
});
