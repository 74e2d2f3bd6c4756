import ipaddr from 'ipaddr.js';

/** An address that ipaddr.js has parsed. */
export type Address = ReturnType<typeof ipaddr.parse>;

/** Addresses, networks and names that ALLOW_TARGETS or DENY_TARGETS lists. */
export interface TargetList {
  /** Host names, lower case, without a final dot. */
  readonly names: ReadonlySet<string>;
  /** `.example.com` for `*.example.com`: any name below it. */
  readonly suffixes: readonly string[];
  /** A network address and the length of its prefix in bits. */
  readonly networks: readonly (readonly [Address, number])[];
}

const NAME = /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/**
 * Reads a comma-separated list of addresses (`10.0.0.5`, `fd00::1`), CIDR networks (`10.0.0.0/8`), host names
 * (`intranet.example`) and names below one (`*.example.com`).
 *
 * @throws Error that says what an entry must be.
 */
export function parseTargetList(text: string): TargetList {
  const names = new Set<string>();
  const suffixes: string[] = [];
  const networks: [Address, number][] = [];
  for (const entry of text.split(',').map((part) => part.trim().toLowerCase())) {
    if (entry === '') continue;
    const address = entry.replace(/^\[(.*)\]$/, '$1');
    if (ipaddr.IPv4.isValidFourPartDecimal(address)) networks.push([ipaddr.parse(address), 32]);
    else if (ipaddr.IPv6.isValid(address) && !address.includes('%')) networks.push([ipaddr.parse(address), 128]);
    else if (/^[\da-f.:]+\/\d+$/.test(address) && ipaddr.isValidCIDR(address)) networks.push(ipaddr.parseCIDR(address));
    else if (isName(entry)) {
      if (entry.startsWith('*.')) suffixes.push(entry.slice(1));
      else names.add(entry.replace(/\.$/, ''));
    } else {
      throw new Error(`must list addresses, CIDR networks and host names, separated by commas; ${JSON.stringify(entry)} is none of these`);
    }
  }
  return Object.freeze({ names, suffixes: Object.freeze(suffixes), networks: Object.freeze(networks) });
}

/** A name whose last label is a number would be read as an IPv4 address, so it is a slip of the pen. */
function isName(entry: string): boolean {
  const name = entry.replace(/\.$/, '');
  return NAME.test(name) && !/(^|\.)(\d+|0x[\da-f]*)$/.test(name);
}

/** True when a host name is listed. `name` is lower case, without a final dot. */
export function listsName(list: TargetList, name: string): boolean {
  return list.names.has(name) || list.suffixes.some((suffix) => name.endsWith(suffix));
}

/** True when an address is listed, alone or within a network. */
export function listsAddress(list: TargetList, address: Address): boolean {
  return list.networks.some(([network, bits]) => network.kind() === address.kind() && address.match([network, bits]));
}
