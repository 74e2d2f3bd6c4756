import ipaddr from 'ipaddr.js';
import { type Address, listsAddress, listsName, type TargetList } from '../settings/target-list.ts';

/**
 * Networks that are not public. IANA's special-purpose registries (RFC 6890), multicast, AS112 and relay prefixes, and
 * the address at which one large cloud serves its virtual machines.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const NOT_PUBLIC_V4 = networks(
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24',
  '192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
);

/** Global unicast: outside it nothing is public, which covers mapped, compatible and NAT64 addresses, too. RFC 4291, section 2.4. */
const GLOBAL_UNICAST_V6 = networks('2000::/3');

/** https://www.iana.org/assignments/iana-ipv6-special-registry (Teredo and ORCHID lie in 2001::/23; 2002::/16 is 6to4). */
const NOT_PUBLIC_V6 = networks('2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20');

/** Names that never mean a public host: RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476, and what private networks use. */
const SPECIAL_TOP = new Set('localhost local localdomain internal intranet lan home corp onion i2p test invalid alt'.split(' '));

/** What an operator has decided: DENY wins over ALLOW, ALLOW over what is not public. */
export interface TargetPolicy {
  readonly allow: TargetList;
  readonly deny: TargetList;
  /** The demo is served under its name. */
  readonly demo: boolean;
}

function networks(...lists: string[]): [Address, number][] {
  return lists.flatMap((list) => list.split(' ').map((network): [Address, number] => ipaddr.parseCIDR(network)));
}

function isWithin(address: Address, list: readonly [Address, number][]): boolean {
  return list.some(([network, bits]) => network.kind() === address.kind() && address.match([network, bits]));
}

/** True for an address that anybody on the Internet can reach. */
export function isPublicAddress(address: Address): boolean {
  if (address.kind() === 'ipv4') return !isWithin(address, NOT_PUBLIC_V4);
  return isWithin(address, GLOBAL_UNICAST_V6) && !isWithin(address, NOT_PUBLIC_V6);
}

/** Reads an address as a resolver or a socket gives it; null for anything else, zone ids included. */
export function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return ipaddr.IPv6.isValid(text) && !text.includes('%') ? ipaddr.IPv6.parse(text) : null;
}

/** A mapped address reaches the IPv4 address within it, so that an operator's lists are asked about that one, too. */
function spellings(address: Address): Address[] {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? [address, address.toIPv4Address()] : [address];
}

/**
 * Decides about one address: public or allowed, and not denied. `nameIsAllowed` says that ALLOW_TARGETS lists the name
 * that led to it. Text that is no address is refused.
 */
export function admitsAddress(policy: TargetPolicy, text: string, nameIsAllowed = false): boolean {
  const address = parseAddress(text);
  if (address === null) return false;
  const forms = spellings(address);
  if (forms.some((form) => listsAddress(policy.deny, form))) return false;
  return nameIsAllowed || isPublicAddress(address) || forms.some((form) => listsAddress(policy.allow, form));
}

/** What is known of a host before anything is asked of DNS. */
export interface HostVerdict {
  admitted: boolean;
  /** ALLOW_TARGETS lists this name: whatever it resolves to is admitted, unless denied. */
  nameIsAllowed: boolean;
}

/**
 * Judges the host of a parsed URL: a literal by its address, a name by its spelling. The URL parser has already turned
 * every spelling of an IPv4 address into four decimal parts. https://url.spec.whatwg.org/#concept-host-parser
 */
export function judgeHost(policy: TargetPolicy, hostname: string): HostVerdict {
  const literal = literalAddress(hostname);
  if (literal !== null) return { admitted: admitsAddress(policy, literal), nameIsAllowed: false };
  const name = hostname.toLowerCase().replace(/\.$/, '');
  if (listsName(policy.deny, name)) return { admitted: false, nameIsAllowed: false };
  if (listsName(policy.allow, name)) return { admitted: true, nameIsAllowed: true };
  return { admitted: !isSpecialName(name), nameIsAllowed: false };
}

/** The address that a URL's host is, brackets taken off, or null for a name. */
export function literalAddress(hostname: string): string | null {
  const text = hostname.replace(/^\[(.*)\]$/, '$1');
  return parseAddress(text) === null ? null : text;
}

function isSpecialName(name: string): boolean {
  const labels = name.split('.');
  const top = labels.at(-1) ?? '';
  return labels.length < 2 || labels.includes('') || SPECIAL_TOP.has(top) || name === 'home.arpa' || name.endsWith('.home.arpa');
}
