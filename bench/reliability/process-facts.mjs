/** What Linux tells of a process: processor time, memory, file descriptors, sockets. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LISTEN = '0A';

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function links(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** A process and all that it has started, and they. */
function withChildren(pid) {
  let tasks = [];
  try {
    tasks = readdirSync(`/proc/${pid}/task`);
  } catch {
    // It has ended.
  }
  const children = tasks.flatMap((task) => read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean));
  return [pid, ...children.flatMap(withChildren)];
}

/** Milliseconds of one tick of the clock that Linux counts processor time by. */
const TICK_MS = 10;

/**
 * Milliseconds of processor time, user and system, that a process and all that it has started have taken, those that have ended
 * and their threads included. NaN where there is no /proc.
 */
export function cpuMs(pid) {
  const taken = withChildren(pid).map((one) => {
    // Of the process itself, and of its children that have ended. What is in parentheses is its name.
    const [own, system, children, systemOfChildren] = read(`/proc/${one}/stat`).split(') ').at(-1).split(' ').slice(11, 15).map(Number);
    return (own + system + children + systemOfChildren) * TICK_MS;
  });
  return Number.isNaN(taken[0]) ? Number.NaN : taken.filter((ms) => !Number.isNaN(ms)).reduce((sum, ms) => sum + ms, 0);
}

/** MiB of memory of a process and all that it has started, what they share counted once. */
export function proportionalMb(pid) {
  const kb = withChildren(pid).map((one) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${one}/smaps_rollup`))?.[1] ?? 0));
  return kb.reduce((sum, each) => sum + each, 0) / 1024;
}

const rssKb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);

/**
 * Memory in MiB (resident set: in all, its own, and of the processes it has started), descriptors, and the process's own TCP
 * sockets: those of callers (of `port`) and those to origins, in whatever state.
 */
export function factsOf({ pid, port }) {
  const fds = links(pid);
  const own = new Set(fds.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]).filter((inode) => inode !== undefined));
  let callers = 0;
  let origins = 0;
  for (const line of ['tcp', 'tcp6'].flatMap((table) => read(`/proc/${pid}/net/${table}`).split('\n').slice(1))) {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    if (!own.has(inode) || state === LISTEN) continue;
    if (parseInt(local.split(':').at(-1), 16) === port) callers += 1;
    else origins += 1;
  }
  const [ownMb, ...others] = withChildren(pid).map((one) => rssKb(one) / 1024);
  const childrenMb = others.reduce((sum, mb) => sum + mb, 0);
  return { rssMb: ownMb + childrenMb, ownMb, childrenMb, children: others.length, fds: fds.length, callers, origins };
}

/** Watches a process until it is told to stop: the samples, each with its second, and the greatest of each figure. */
export function watch(server, everyMs) {
  const startedAt = performance.now();
  const samples = [];
  const sample = () => samples.push({ atS: (performance.now() - startedAt) / 1000, ...factsOf(server) });
  sample();
  const timer = setInterval(sample, everyMs);
  return {
    samples,
    stop() {
      clearInterval(timer);
      sample();
      const most = (name) => Math.max(...samples.map((one) => one[name]));
      return {
        rssMb: most('rssMb'),
        childrenMb: most('childrenMb'),
        children: most('children'),
        fds: most('fds'),
        callers: most('callers'),
        origins: most('origins'),
      };
    },
  };
}

/** Waits until `isSettled`, or for so many seconds: what the process is like then, and when that was. */
export async function settle(server, isSettled, mostS) {
  const startedAt = performance.now();
  for (;;) {
    const facts = factsOf(server);
    const afterS = (performance.now() - startedAt) / 1000;
    if (isSettled(facts) || afterS >= mostS) return { ...facts, afterS };
    // A server at rest collects no garbage: a light question now and then.
    await fetch(`${server.url}/encode?text=x`).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
    await sleep(1000);
  }
}
