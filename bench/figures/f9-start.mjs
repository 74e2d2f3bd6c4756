/** F9: from the start to ready, and the memory of a server at rest. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../reliability/children.mjs';
import { cpuMs, factsOf, proportionalMb } from '../reliability/process-facts.mjs';
import { spreadOf } from '../support/side-by-side.mjs';
import { mebibytes, row } from '../support/words.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

export async function start({ options, startServer }) {
  const scripts = [];
  const npm = [];
  const processor = [];
  const memory = [];
  const shared = [];
  for (let run = 0; run < options.starts; run += 1) {
    const server = await startServer();
    scripts.push(server.readyMs);
    processor.push(cpuMs(server.pid));
    if (run < options.largeRounds) {
      await sleep(options.restMs);
      memory.push(factsOf(server).rssMb);
      shared.push(proportionalMb(server.pid));
    }
    await server.end('SIGKILL');
    npm.push(await npmStartMs());
  }
  return [
    row({
      what: 'start to ready, once built',
      asked: '1.5 s or less',
      spread: spreadOf(scripts),
      write: seconds,
      measured: `what \`npm start\` runs, ${seconds(spreadOf(processor).median)} of processor time; with npm itself before it ${seconds(spreadOf(npm).median)}; ${String(options.starts)} starts`,
      most: 1500,
    }),
    row({
      what: 'memory of a server at rest',
      asked: '150 MiB or less',
      spread: spreadOf(memory),
      write: mebibytes,
      measured: `resident set ${String(options.restMs / 1000)} s after it was ready, before its first document; PSS ${mebibytes(spreadOf(shared).median)}; ${String(memory.length)} starts`,
      most: 150,
    }),
  ];
}

/** Milliseconds from `npm start` to the line that says ready; it is ended then. */
async function npmStartMs() {
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  // npm, its shell and the server are a group of their own.
  const end = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // They have ended.
    }
  };
  process.once('exit', end);
  await once(child.stdout, 'data');
  const readyMs = performance.now() - startedAt;
  end();
  process.removeListener('exit', end);
  return readyMs;
}
