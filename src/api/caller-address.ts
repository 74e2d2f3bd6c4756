import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';

/** Bits of an IPv6 address that name a network; the rest is the host's to choose. RFC 4291, section 2.5.4. */
const NETWORK_PARTS = 4;
/** Of the callers of late: every request asks, and few callers are new. */
const NETWORKS = new LRUCache<string, string>({ max: 1024 });

/**
 * The name under which the requests of an address are counted: an IPv4 address itself, also one that is mapped into IPv6,
 * and of an IPv6 address its /64, since whoever has one has all of it. Some proxies write a port after it, which is another
 * for each connection; what is no address at all is told apart by nobody's word, and counts as one.
 */
export function networkOf(address: string): string {
  const known = NETWORKS.get(address);
  if (known !== undefined) return known;
  const network = networkAt(address);
  NETWORKS.set(address, network);
  return network;
}

function networkAt(address: string): string {
  const [, bracketed, dotted] = /^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(address) ?? [];
  const text = (bracketed ?? dotted ?? address).replace(/%.*$/, '');
  if (!ipaddr.isValid(text)) return 'no address';
  const parsed = ipaddr.process(text);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const network = parsed.parts.slice(0, NETWORK_PARTS).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
