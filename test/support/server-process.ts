import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The built server in a process of its own. */
export interface ServerProcess {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Lines of its log whose level is `error` or worse, as they are. */
  faults(): string[];
  isRunning(): boolean;
  close(): Promise<void>;
}

/** Starts `dist/main.js` on a free port, as `npm start` does once it has built. */
export async function startServerProcess(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const main = join(import.meta.dirname, '..', '..', 'dist', 'main.js');
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'error', MAX_EVENT_LOOP_DELAY_MS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let printed = '';
  child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error(`ended before it was ready: ${said}`));
    });
    child.stdout?.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
      const [ready] = /http:\/\/[^/ ]+(?=\/ )/.exec(printed) ?? [];
      if (ready !== undefined) resolve(ready);
    });
  });
  return {
    url,
    port: Number(new URL(url).port),
    faults: () => said.split('\n').filter((line) => line !== ''),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
