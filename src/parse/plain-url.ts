import { SOLIDUS } from './code-units.ts';

/** What of a resolved URL is asked for. */
export interface ResolvedUrl {
  href: string;
  protocol: string;
  origin: string;
  hostname: string;
}

// What the URL parser leaves as it is, in whatever encoding the document is.
const PATH = String.raw`[\w\-~!$&'()*+,;=:@/.%]*`;
const QUERY_AND_FRAGMENT = String.raw`(?:\?[\w\-~!$&()*+,;=:@/.?%]*)?(?:#[\w\-~!$&'()*+,;=:@/.?%]*)?`;

const ABSOLUTE = new RegExp(String.raw`^(https?:)//((?:[a-z\d-]{1,63}\.)+[a-z]{2,63})(/${PATH})?(${QUERY_AND_FRAGMENT})$`);
const OF_ORIGIN = new RegExp(`^/(?!/)${PATH}${QUERY_AND_FRAGMENT}$`);
const OF_DIRECTORY = new RegExp(String.raw`^[\w~][\w\-~!$&'()*+,;=@/.%]*${QUERY_AND_FRAGMENT}$`);
const FRAGMENT = /^#[\w\-~!$&'()*+,;=:@/.?%]*$/;

/** A segment that the parser may take for `.` or `..`, and a label of a host that it would check. */
const DOTTED = /\/(?:\.|%2e)/i;
const PUNYCODE = /(?:^|\.)xn--/;
/** Longer ones are left to the parser. */
const MOST_UNITS = 2000;

/**
 * A reader of the URLs that need no parser, as most of a page do: those already written as the parser would write them, and those that are
 * but put behind a part of the base URL. It gives what the parser gives, or null for the parser to be asked.
 * https://url.spec.whatwg.org/#concept-basic-url-parser
 */
export function plainUrls(baseUrl: string | null): (written: string) => ResolvedUrl | null {
  const base = URL.parse(baseUrl ?? '');
  const isHttp = base?.protocol === 'http:' || base?.protocol === 'https:';
  const place = base !== null && isHttp && base.username === '' && base.password === '' ? placeOf(base) : null;
  return (written) => {
    if (written.length > MOST_UNITS || DOTTED.test(written)) return null;
    const first = written.charCodeAt(0);
    if (place !== null) {
      const { directory, document, ...origin } = place;
      if (first === SOLIDUS) return OF_ORIGIN.test(written) ? { ...origin, href: origin.origin + written } : null;
      if (first === NUMBER_SIGN) return FRAGMENT.test(written) ? { ...origin, href: document + written } : null;
      if (OF_DIRECTORY.test(written)) return { ...origin, href: directory + written };
    }
    return first === SMALL_H ? absolute(written) : null;
  };
}

const NUMBER_SIGN = 0x23;
const SMALL_H = 0x68;

function absolute(written: string): ResolvedUrl | null {
  const [, protocol = '', hostname = '', path = '/', rest = ''] = ABSOLUTE.exec(written) ?? [];
  if (hostname === '' || PUNYCODE.test(hostname)) return null;
  const origin = `${protocol}//${hostname}`;
  return { href: origin + path + rest, protocol, origin, hostname };
}

/** What relative URLs are put behind. */
function placeOf({ href, protocol, origin, hostname, pathname }: URL): Omit<ResolvedUrl, 'href'> & { directory: string; document: string } {
  const [document = ''] = href.split('#', 1);
  return { protocol, origin, hostname, document, directory: origin + pathname.slice(0, pathname.lastIndexOf('/') + 1) };
}
