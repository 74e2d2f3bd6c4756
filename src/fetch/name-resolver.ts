import { readFileSync } from 'node:fs';
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/** An address that a name leads to. */
export interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

/** Where the machine's own names are kept. */
const HOSTS_FILE =
  process.platform === 'win32' ? `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';

/**
 * Resolves names by the hosts file, read once, then by DNS over sockets of its own: `dns.lookup` would share four threads
 * with everything else, so that slow names could hold up the files and the decompression of others.
 */
export class NameResolver {
  readonly #resolver: Resolver;
  readonly #hosts: ReadonlyMap<string, readonly ResolvedAddress[]>;

  /** `servers` are addresses with optional ports; without them the system's are asked. */
  constructor(servers: readonly string[] | null, hosts = readHostsFile()) {
    this.#resolver = new Resolver({ timeout: 2500, tries: 3 });
    if (servers !== null) this.#resolver.setServers(servers);
    this.#hosts = hosts;
  }

  /** True for a name of the hosts file: no server is asked about it. */
  isLocal(name: string): boolean {
    return this.#hosts.has(hostsKey(name));
  }

  /**
   * All addresses of a name, IPv4 first. Rejects with the error of node:dns when there is none.
   */
  async resolve(name: string): Promise<readonly ResolvedAddress[]> {
    const local = this.#hosts.get(hostsKey(name));
    if (local !== undefined) return local;
    const [v4, v6] = await Promise.allSettled([this.#resolver.resolve4(name), this.#resolver.resolve6(name)]);
    const found = [...addressesOf(v4, 4), ...addressesOf(v6, 6)];
    if (found.length > 0) return found;
    const reasons = [v4, v6].flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as NodeJS.ErrnoException] : []));
    throw reasons.find((reason) => reason.code !== 'ENODATA') ?? reasons[0] ?? new Error('no addresses');
  }
}

function hostsKey(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function addressesOf(answer: PromiseSettledResult<string[]>, family: 4 | 6): ResolvedAddress[] {
  return answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];
}

/** The names of the hosts file; an unreadable file has none. */
export function readHostsFile(path = HOSTS_FILE): ReadonlyMap<string, readonly ResolvedAddress[]> {
  const hosts = new Map<string, ResolvedAddress[]>();
  for (const line of readLines(path)) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const family = isIP(address);
    if (family !== 4 && family !== 6) continue;
    for (const name of names) {
      const key = name.toLowerCase();
      hosts.set(key, [...(hosts.get(key) ?? []), { address, family }]);
    }
  }
  return hosts;
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}
