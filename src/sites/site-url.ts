import { createHash } from 'node:crypto';

/** A URL as pages of a site are told apart by. */
export interface SiteUrl {
  /** What is retrieved: normalised. */
  url: URL;
  /** The same of what is the same page by any spelling. */
  identity: string;
}

/** Query parameters that say where a visitor comes from, and nothing of the page. They are left out of what is retrieved. */
const TRACKING =
  /^(?:utm_[a-z_]+|gclid|gclsrc|dclid|gbraid|wbraid|fbclid|msclkid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi)$/i;

/**
 * Normalises a URL of http or https, as far as that is safe: no fragment, no empty query, no tracking parameters, octets that need no
 * percent-encoding written plainly and all others in upper case (RFC 3986, section 6.2.2); scheme, host, default port, empty path and dot segments
 * are as the URL Standard writes them. The identity takes the same parameters in another order as the same. Null for any other scheme, and for
 * userinfo, which is never sent.
 */
export function siteUrl(given: URL): SiteUrl | null {
  if (given.protocol !== 'http:' && given.protocol !== 'https:') return null;
  if (given.username !== '' || given.password !== '') return null;
  const { origin } = given;
  const path = plainOctets(given.pathname);
  const parameters = plainOctets(given.search.slice(1))
    .split('&')
    .filter((parameter) => parameter !== '' && !TRACKING.test(nameOf(parameter)));
  const query = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
  const href = `${origin}${path}${query}`;
  const url = href === given.href ? given : new URL(href);
  // Those of one name stay in their order: it says something.
  const sorted = parameters.length < 2 ? query : `?${parameters.toSorted((one, other) => compare(nameOf(one), nameOf(other))).join('&')}`;
  return { url, identity: `${origin}${path}${sorted}` };
}

/** A hash, as a UUID is written: what it is of may be long. */
export function keyOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
}

function nameOf(parameter: string): string {
  const equals = parameter.indexOf('=');
  return equals === -1 ? parameter : parameter.slice(0, equals);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2 */
function plainOctets(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%([\da-f]{2})/gi, (triplet, digits: string) => {
    const character = String.fromCharCode(parseInt(digits, 16));
    return /[\w.~-]/.test(character) ? character : triplet.toUpperCase();
  });
}
