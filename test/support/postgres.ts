import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL server of a test's own. */
export interface Postgres {
  url: string;
  /** Of its first process, while it runs. */
  readonly pid: number | undefined;
  /** Ends it at once, as the system would. */
  kill(): Promise<void>;
  /** Starts it again over the same files. */
  start(): Promise<void>;
  /** Ends it, and deletes its files. */
  stop(): Promise<void>;
}

/** Where Debian has the programs of each version, newest first; elsewhere they are on the path. */
function program(name: string): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)];
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`there is no ${name} here: install Debian's postgresql`);
  return found;
}

/** Who runs it: it refuses to be run by root. */
function account(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Starts a server on a free port of loopback, with its files in a temporary directory. */
export async function startPostgres(): Promise<Postgres> {
  const directory = mkdtempSync(join(tmpdir(), 'pagewire-postgres-'));
  const as = account();
  if ('uid' in as) chownSync(directory, as.uid, as.gid);
  chmodSync(directory, 0o700);
  const data = join(directory, 'data');
  execFileSync(program('initdb'), ['-D', data, '-U', 'pagewire', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C'], {
    ...as,
    cwd: directory,
    stdio: 'pipe',
  });
  const port = await freePort();
  const url = `postgresql://pagewire@127.0.0.1:${String(port)}/postgres`;
  let child: ChildProcess | null = null;

  const start = async (): Promise<void> => {
    const flags = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', directory, '-c', 'max_connections=200'];
    const started = spawn(program('postgres'), flags, { ...as, cwd: directory, stdio: 'ignore' });
    child = started;
    for (;;) {
      const client = new pg.Client({ connectionString: url });
      try {
        await client.connect();
        await client.end();
        return;
      } catch {
        if (started.exitCode !== null) throw new Error('postgres ended before it was ready');
        await sleep(100);
      }
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    child = null;
    if (running?.exitCode !== null || running.signalCode !== null) return;
    running.kill(signal);
    await once(running, 'exit');
  };
  await start();
  return {
    url,
    get pid() {
      return child?.pid;
    },
    start,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGINT');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
