/** The processes of a measurement: the built server, the origins, the callers. None outlives this one. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const children = new Set();
/** The server looks for .env where it is started: not in the project. */
const directory = mkdtempSync(join(tmpdir(), 'pagewire-reliability-'));

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

function keep(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** A file as a child that takes commands, with arguments: `ask(command, more)` resolves to its answer; `facts` is what it said at first. */
export async function commanded(file, given = []) {
  const child = keep(fork(fileURLToPath(file), given, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  const waiting = new Map();
  const ready = new Promise((resolve, reject) => {
    waiting.set('ready', resolve);
    child.once('exit', () => reject(new Error(`${String(file)} ended before it was ready`)));
  });
  child.on('message', ({ id, result }) => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  let last = 0;
  return {
    pid: child.pid,
    facts: await ready,
    ask: (command, more = {}) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, resolve);
        child.once('exit', () => reject(new Error(`${String(file)} ended`)));
        child.setMaxListeners(0);
        child.send({ id, command, ...more });
      }),
    async end() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

export const startOrigins = () => commanded(new URL('origin.mjs', import.meta.url));
export const startLoader = () => commanded(new URL('loader.mjs', import.meta.url));

/** A port that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

let servers = 0;

/** What `npm start` runs; it becomes the server, under the same process id. */
const START = [fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url)), 'start'];

/** Starts the server as `npm start` does, in production, with the settings given besides; resolves when it says that it is ready. */
export async function startServer(settings = {}, port) {
  const logFile = join(directory, `server-${String(++servers)}.log`);
  const log = openSync(logFile, 'w');
  const startedAt = performance.now();
  const child = keep(
    spawn(process.execPath, START, {
      cwd: directory,
      // The server watches its parent when npm started it, and ends with it.
      env: {
        NODE_ENV: 'production',
        npm_lifecycle_event: 'bench',
        ALLOW_TARGETS: '127.0.0.1',
        PORT: String(port ?? (await freePort())),
        ...settings,
      },
      stdio: ['ignore', 'pipe', log],
    }),
  );
  closeSync(log);
  const url = await new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (data) => {
      printed += data.toString();
      const ready = /^Pagewire .*?(http:\/\/[^/ ]+)/m.exec(printed);
      if (ready !== null) resolve(ready[1]);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}: ${readFileSync(logFile, 'utf8').slice(-2000)}`)));
  });
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill(signal);
    const [code] = await once(child, 'exit');
    return code;
  };
  return {
    pid: child.pid,
    port: Number(new URL(url).port),
    url,
    readyMs: performance.now() - startedAt,
    /** Ends it, and gives its exit code. */
    end,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    /** Lines of the log at level error or above. */
    errors: () =>
      readFileSync(logFile, 'utf8')
        .split('\n')
        .filter((line) => /^\{"level":[56]0/.test(line) || (line !== '' && !line.startsWith('{'))),
  };
}

/** True when the server says that it is well, and retrieves. */
export async function isHealthy(server, origins) {
  const target = encodeURIComponent(`http://127.0.0.1:${String(origins.facts.ports[1])}/page?kb=2&healthy=${String(Math.random())}`);
  const answers = await Promise.all(
    ['/health/live', '/health/ready', `/links?url=${target}`].map((path) =>
      fetch(server.url + path, { signal: AbortSignal.timeout(10_000) }).then(
        async (response) => (await response.arrayBuffer(), response.status),
        () => 0,
      ),
    ),
  );
  return server.isAlive() && answers.every((status) => status === 200);
}
