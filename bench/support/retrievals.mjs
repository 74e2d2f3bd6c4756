/** What a retrieval costs a server: figures 2, 3, 4 and 8. */
import { cpuMs } from '../reliability/process-facts.mjs';

/** Has the callers do it; throws with the answer where one is not as it should be. */
export async function ordered(loader, order) {
  const done = await loader.ask('run', order);
  if (done.failed !== undefined) throw new Error(done.failed);
  return done;
}

/** Milliseconds of processor time that `server` takes for each answer of an order. */
export async function cpuOfEach({ loader }, server, order) {
  const before = cpuMs(server.pid);
  const { answers } = await ordered(loader, { ...order, server: server.url });
  return (cpuMs(server.pid) - before) / answers;
}

/** The URLs of all pages of the run, in a content coding: `identity` or `gzip`. */
export function targetsOf({ origin }, coding) {
  const { ports, pages } = origin.facts;
  return Array.from({ length: pages }, (_, index) => `http://127.0.0.1:${String(ports[0])}/page/${coding}/${String(index)}`);
}

/** The URL of a made page, at one of the origin's ports. */
export function madeTarget({ origin }, { bytes, links, port = 0 }) {
  return `http://127.0.0.1:${String(origin.facts.ports[port])}/made/${String(bytes)}/${String(links)}`;
}
