import { badPort } from './bad-ports.ts';
import { DEMO_HOST } from '../settings/settings.ts';
import { listsName } from '../settings/target-list.ts';
import { type HostVerdict, judgeHost, type TargetPolicy } from './address-guard.ts';
import { FetchError } from './fetch-error.ts';

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL_OR_BACKSLASH = /[\u0000-\u001f\u007f\\]/;

/** Why text is not a URL that a retrieval may name, in words; or the URL. */
type Reading = { url: URL; fault?: never; unparsable?: never } | { url?: never; fault: string; unparsable: boolean };

/**
 * Reads a URL strictly: what the URL parser would repair (backslashes, control characters) or carry along (userinfo) is
 * a fault, not a guess.
 */
function readUrl(text: string, base?: URL): Reading {
  if (CONTROL_OR_BACKSLASH.test(text)) return { fault: 'has a backslash or a control character in it', unparsable: false };
  if (!URL.canParse(text, base?.href)) return { fault: 'is not an absolute URL, such as https://example.com/', unparsable: true };
  const url = new URL(text, base?.href);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { fault: `has the scheme ${url.protocol.slice(0, -1)}; only http and https are retrieved`, unparsable: false };
  }
  if (writtenAuthority(text, base).includes('@') || url.username !== '' || url.password !== '')
    return { fault: 'has a user name or password in it; send an Authorization field instead', unparsable: false };
  return { url };
}

/**
 * The authority as it is written, empty userinfo included. After a scheme that is not the base's, any number of slashes
 * begins it, none as well. https://url.spec.whatwg.org/#scheme-state
 */
function writtenAuthority(text: string, base: URL | undefined): string {
  const [, scheme, slashes = '', authority = ''] = /^ *([a-z][a-z\d+.-]*:)?(\/*)([^/?#]*)/i.exec(text) ?? [];
  const isAbsolute = scheme !== undefined && scheme.toLowerCase() !== base?.protocol;
  return isAbsolute || slashes.length > 1 ? authority : '';
}

/**
 * Parses the target URL that a caller names. https://url.spec.whatwg.org/#concept-url-parser
 *
 * @throws FetchError `INVALID_REQUEST` that names the parameter.
 */
export function parseTargetUrl(text: string): URL {
  const { url, fault } = readUrl(text);
  if (url !== undefined) return url;
  throw new FetchError('INVALID_REQUEST', `url ${fault}: ${JSON.stringify(text.slice(0, 200))}`, {
    url: text,
    errors: [{ parameter: 'url', message: fault }],
  });
}

/**
 * Reads the `Location` of a redirect, relative to the URL that answered with it. A fragment of the old URL stays when the
 * new one has none. https://fetch.spec.whatwg.org/#concept-response-location-url
 *
 * @throws FetchError `MALFORMED_RESPONSE` when it cannot be parsed, `TARGET_FORBIDDEN` when it may not be followed.
 */
export function parseLocation(location: string, from: URL): URL {
  const { url, fault, unparsable } = readUrl(location, from);
  if (url === undefined) {
    const code = unparsable ? 'MALFORMED_RESPONSE' : 'TARGET_FORBIDDEN';
    const what = unparsable ? 'cannot be parsed as a URL' : fault;
    throw new FetchError(code, `the Location of a redirect ${what}: redirected by ${from.href}`, { url: from.href, phase: 'firstByte' });
  }
  if (url.hash === '' && !location.includes('#')) url.hash = from.hash;
  return url;
}

/** A URL as it is asked for: a fragment is a place within the answer. */
export function withoutFragment(url: string): string {
  const mark = url.indexOf('#');
  return mark < 0 ? url : url.slice(0, mark);
}

/** The port a URL leads to. */
export function portOf({ port, protocol }: { port: string; protocol: string }): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** What tells one target from another: a URL, or what undici tells a connector of it. */
type Target = Pick<URL, 'protocol' | 'hostname' | 'port'>;

/** What is known of a target before anything is asked of DNS. */
export interface TargetVerdict extends HostVerdict {
  /** It is the demo: connections go to its socket, whatever DNS or the hosts file say of the name. */
  isDemo: boolean;
}

/**
 * Judges a target by its spelling. The demo is exactly `http://pagewire.test`, port 80: any other port, scheme or spelling
 * of that name is judged as every host is. The name is admitted as those of ALLOW_TARGETS are, so that DENY_TARGETS wins.
 */
export function judgeTarget(policy: TargetPolicy, target: Target): TargetVerdict {
  const isDemo = policy.demo && target.hostname === DEMO_HOST && target.protocol === 'http:' && portOf(target) === 80;
  if (isDemo) return { isDemo, admitted: !listsName(policy.deny, DEMO_HOST), nameIsAllowed: true };
  return { isDemo, ...judgeHost(policy, target.hostname) };
}

/**
 * Judges what can be judged before a connection is made: port, literal address, name. Names are judged again by the
 * addresses they resolve to, when connecting.
 *
 * @throws FetchError `TARGET_FORBIDDEN`.
 */
export function admitTarget(url: URL, policy: TargetPolicy): void {
  const service = badPort(portOf(url));
  if (service !== null) {
    const detail = `port ${String(portOf(url))} is ${service}'s, and the Fetch standard keeps it from HTTP: ${url.href}`;
    throw new FetchError('TARGET_FORBIDDEN', detail, { url: url.href });
  }
  if (!judgeTarget(policy, url).admitted) throw forbiddenTarget(url.href);
}

/** The one opaque answer for a host that policy refuses: it never says what the name resolved to. */
export function forbiddenTarget(url: string): FetchError {
  const detail = `policy forbids this target: only public hosts are reached, and those that this server's operator allows: ${url}`;
  return new FetchError('TARGET_FORBIDDEN', detail, { url });
}
