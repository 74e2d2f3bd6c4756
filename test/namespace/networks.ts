import { BlockList } from 'node:net';

/**
 * What is not public, written down once more from IANA's registries and read by `node:net`, so that the tests trust
 * neither the guard's lists nor its library.
 */
export const NETWORKS_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** The first ten are what lies outside of global unicast, as a whole; then the networks in it that have a name. */
export const NETWORKS_V6 = [
  '::/3',
  '4000::/3',
  '6000::/3',
  '8000::/3',
  'a000::/3',
  'c000::/3',
  'e000::/4',
  'f000::/5',
  'f800::/6',
  'fe00::/9',
  '::/128',
  '::1/128',
  '::/96',
  '::ffff:0:0/96',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '100:0:0:1::/64',
  '5f00::/16',
  'fc00::/7',
  'fd00::/8',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
  '2001::/23',
  '2001::/32',
  '2001:1::/32',
  '2001:2::/48',
  '2001:3::/32',
  '2001:4:112::/48',
  '2001:10::/28',
  '2001:20::/28',
  '2001:30::/28',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
];

// Two lists: one would take ::ffff:0:0/96 for all of IPv4.
const listedV4 = new BlockList();
const listedV6 = new BlockList();
for (const network of NETWORKS_V4) listedV4.addSubnet(...subnetOf(network), 'ipv4');
for (const network of NETWORKS_V6) listedV6.addSubnet(...subnetOf(network), 'ipv6');

function subnetOf(network: string): [address: string, bits: number] {
  const [address = '', bits = ''] = network.split('/');
  return [address, Number(bits)];
}

/** True for an address that no network above has in it. */
export function isUnlisted(address: string): boolean {
  return address.includes(':') ? !listedV6.check(address, 'ipv6') : !listedV4.check(address, 'ipv4');
}

/** An address as a number of 32 or 128 bits; IPv6 in its short form without dots. */
export function numberOf(address: string): bigint {
  if (!address.includes(':')) return address.split('.').reduce((number, part) => (number << 8n) | BigInt(part), 0n);
  const [front = '', back] = address.split('::');
  const head = front === '' ? [] : front.split(':');
  const tail = back === undefined || back === '' ? [] : back.split(':');
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}

/** The four parts of an IPv4 address, or the eight groups of an IPv6 address, none left out. */
export function addressOf(number: bigint, family: 4 | 6): string {
  const [parts, bits, radix, sign] = family === 4 ? [4, 8n, 10, '.'] : [8, 16n, 16, ':'];
  return Array.from({ length: parts }, (_, index) =>
    ((number >> (BigInt(parts - 1 - index) * bits)) & ((1n << bits) - 1n)).toString(radix),
  ).join(sign);
}

/** The first, the middle and the last address of a network, and the two beside it. */
export function edgesOf(network: string): { within: string[]; beside: string[] } {
  const [address, bits] = subnetOf(network);
  const [family, width] = address.includes(':') ? [6 as const, 128n] : [4 as const, 32n];
  const first = numberOf(address);
  const size = 1n << (width - BigInt(bits));
  const within = [first, first + size / 2n, first + size - 1n];
  const beside = [first - 1n, first + size].filter((number) => number >= 0n && number < 1n << width);
  return {
    within: [...new Set(within)].map((number) => addressOf(number, family)),
    beside: beside.map((number) => addressOf(number, family)),
  };
}
