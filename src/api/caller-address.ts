import ipaddr from 'ipaddr.js';

/** Bits of an IPv6 address that name a network; the rest is the host's to choose. RFC 4291, section 2.5.4. */
const NETWORK_PARTS = 4;

/**
 * The name under which the requests of an address are counted: an IPv4 address itself, also one that is mapped into IPv6,
 * and of an IPv6 address its /64, since whoever has one has all of it. What is no address counts as it is written.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address.replace(/%.*$/, ''));
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const network = parsed.parts.slice(0, NETWORK_PARTS).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
