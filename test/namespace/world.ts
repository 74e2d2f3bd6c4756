import { execFileSync } from 'node:child_process';
import { mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NameRecord, type NameServer, startNameServer } from '../support/name-server.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import type { Scenarios } from '../support/scenarios/response.ts';

/** Where the origins listen, on every address there is. */
export const PORTS = [80, 443, 8080] as const;

/** How many connections each port had seen. */
type Mark = readonly number[];

/** A whole Internet within this machine: every address is reached, and who reaches it is counted. */
export interface World {
  readonly names: NameServer;
  /** The origin on port 80. */
  readonly origin: Origin;
  /** Every address that a connection was made to, on any of the ports, ever or since a mark. */
  visited(since?: Mark): string[];
  /** This moment. */
  mark(): Mark;
  close(): Promise<void>;
}

/**
 * Makes every address of IPv4 and IPv6 one of this machine's, starts an origin on every one of them, and a name server
 * that `/etc/resolv.conf` leads to. `hosts` is what the hosts file says.
 *
 * @throws Error outside of a network namespace of its own.
 */
export async function startWorld(records: Readonly<Record<string, NameRecord>>, hosts = '', scenarios: Scenarios = {}): Promise<World> {
  const outside = process.env['OUTER_NETWORK'];
  if (outside === undefined || readlinkSync('/proc/self/ns/net') === outside) {
    throw new Error('these tests change the network they run in: run them by "npm run test:namespace", in a namespace of their own');
  }
  const ip = (...words: string[]): unknown => execFileSync('ip', words);
  ip('link', 'set', 'lo', 'up');
  ip('route', 'replace', 'local', '0.0.0.0/0', 'dev', 'lo');
  ip('-6', 'route', 'replace', 'local', '::/0', 'dev', 'lo');
  const directory = mkdtempSync(join(tmpdir(), 'pagewire-namespace-'));
  const mounts = Object.entries({ 'resolv.conf': 'nameserver 127.0.0.53\n', hosts: `127.0.0.1 localhost\n${hosts}` });
  for (const [name, content] of mounts) {
    writeFileSync(join(directory, name), content);
    execFileSync('mount', ['--bind', join(directory, name), `/etc/${name}`]);
  }
  const names = await startNameServer(records, { address: '127.0.0.53', port: 53 });
  const origins = await Promise.all(PORTS.map((port) => startOrigin({ everywhere: true, port, scenarios })));
  const [origin] = origins;
  if (origin === undefined) throw new Error('there is no port 80');
  return {
    names,
    origin,
    visited: (since = []) => origins.flatMap(({ visited }, index) => visited.slice(since[index])),
    mark: () => origins.map(({ visited }) => visited.length),
    close: async () => {
      await Promise.all([names, ...origins].map((server) => server.close()));
      for (const [name] of mounts) execFileSync('umount', [`/etc/${name}`]);
      rmSync(directory, { recursive: true });
    },
  };
}

/** What comes of a bare connection: the error's code, or `connected`. */
export function tryToConnect(host: string, port: number = PORTS[0]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket
      .once('connect', () => {
        socket.destroy();
        resolve('connected');
      })
      .once('error', ({ code }: NodeJS.ErrnoException) => {
        resolve(code ?? 'failed');
      });
  });
}
