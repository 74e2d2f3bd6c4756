/** Scrapy as a child that takes orders, as those of Node.js do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PYTHON, pythonEnvironment } from './install.mjs';

const SPIDER = fileURLToPath(new URL('scrapy_links.py', import.meta.url));

export async function startScrapy(folder) {
  // Without bytecode beside the sources.
  const child = spawn(PYTHON, ['-B', SPIDER], { env: pythonEnvironment(folder), stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map();
  const answered = (id) =>
    new Promise((resolve, reject) => {
      waiting.set(id, resolve);
      child.once('exit', () => reject(new Error('Scrapy ended')));
    });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, result } = JSON.parse(line);
    waiting.get(id)?.(result);
  });
  // It must not outlive this process.
  process.on('exit', () => child.kill('SIGKILL'));
  child.setMaxListeners(0);
  await answered('ready');
  let last = 0;
  return {
    pid: child.pid,
    ask(_command, { urls }) {
      const id = ++last;
      child.stdin.write(`${JSON.stringify({ id, urls })}\n`);
      return answered(id);
    },
    async end() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
