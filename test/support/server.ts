import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The built server as a process of its own. */
export interface Server {
  process: ChildProcess;
  url: string;
  line: string;
  output: () => string;
}

/**
 * Starts the built server as a user does. Everything in `env` is beside what the machine's own environment says; that the
 * machine is busy with other tests is no reason to refuse.
 */
export function spawnServer(command: string, args: string[], env: Record<string, string>): ChildProcess {
  return spawn(command, args, { env: { ...process.env, MAX_EVENT_LOOP_DELAY_MS: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Starts it, and comes back once it is ready. */
export async function startServer(command: string, args: string[], env: Record<string, string>): Promise<Server> {
  const child = spawnServer(command, args, env);
  let printed = '';
  let logged = '';
  child.stderr?.on('data', (data: Buffer) => (logged += data.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error(`ended before it was ready: ${logged}`));
    });
    child.stdout?.on('data', (data: Buffer) => {
      printed += data.toString();
      const ready = printed.split('\n').find((text) => text.startsWith('Pagewire '));
      if (ready !== undefined) resolve(ready);
    });
  });
  return { process: child, line, url: /http:\/\/[^/ ]+/.exec(line)?.[0] ?? '', output: () => logged };
}

/** The exit code, or the signal, that a process ends with. */
export async function endOf(child: ChildProcess): Promise<[number | null, string | null]> {
  return child.exitCode === null && child.signalCode === null
    ? ((await once(child, 'exit')) as [number | null, string | null])
    : [child.exitCode, child.signalCode];
}
