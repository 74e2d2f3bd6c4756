/** What a field means, in a line, and where that is written. */
export interface FieldMeaning {
  meaning: string;
  reference: string;
  url: string;
}

/** A field's meaning, and where it stands: the number of an RFC with its section, or the name of a standard with its URL. */
type Entry = readonly [meaning: string, rfc: number | string, place: string];

const FETCH = 'https://fetch.spec.whatwg.org/';
const HTML = 'https://html.spec.whatwg.org/multipage/';
const CSP = 'https://www.w3.org/TR/CSP3/';

/** By name in lower case. */
const FIELDS: Readonly<Record<string, Entry>> = {
  accept: ['Which media types the sender can do with.', 9110, '12.5.1'],
  'accept-ch': ['Which client hints the server would like to be sent.', 8942, '3.1'],
  'accept-encoding': ['Which content codings the sender can undo.', 9110, '12.5.3'],
  'accept-language': ['Which languages the reader would like.', 9110, '12.5.4'],
  'accept-ranges': ['Whether parts of this content may be asked for.', 9110, '14.3'],
  'access-control-allow-credentials': [
    'Pages of other origins may read this also with cookies.',
    'Fetch',
    `${FETCH}#http-access-control-allow-credentials`,
  ],
  'access-control-allow-headers': ['Which fields pages of other origins may send.', 'Fetch', `${FETCH}#http-access-control-allow-headers`],
  'access-control-allow-methods': ['Which methods pages of other origins may use.', 'Fetch', `${FETCH}#http-access-control-allow-methods`],
  'access-control-allow-origin': ['Pages of which origin may read this.', 'Fetch', `${FETCH}#http-access-control-allow-origin`],
  'access-control-expose-headers': [
    'Which fields pages of other origins may read.',
    'Fetch',
    `${FETCH}#http-access-control-expose-headers`,
  ],
  'access-control-max-age': ['For how many seconds that permission may be remembered.', 'Fetch', `${FETCH}#http-access-control-max-age`],
  age: ['Seconds since the origin made or confirmed this response: it comes from a cache.', 9111, '5.1'],
  allow: ['Which methods this resource takes.', 9110, '10.2.1'],
  'alt-svc': ['The same is to be had elsewhere, as over HTTP/3.', 7838, '3'],
  authorization: ['The credentials of who asks.', 9110, '11.6.2'],
  'cache-control': ['Who may keep this, and for how long.', 9111, '5.2'],
  'cache-status': ['What the caches on the way did.', 9211, '2'],
  'cdn-cache-control': ['The same as Cache-Control, for content delivery networks alone.', 9213, '3.1'],
  'clear-site-data': [
    'The browser is to forget what it keeps of this site.',
    'Clear Site Data',
    'https://www.w3.org/TR/clear-site-data/#header',
  ],
  connection: ['What is for this connection alone; close ends it after this message.', 9110, '7.6.1'],
  'content-disposition': ['To be shown or saved, and under which name.', 6266, '4'],
  'content-encoding': ['How the content is coded, as compressed; undone before it is read.', 9110, '8.4'],
  'content-language': ['For readers of which language.', 9110, '8.5'],
  'content-length': ['How many bytes of content follow the blank line.', 9110, '8.6'],
  'content-location': ['The URL of just this representation.', 9110, '8.7'],
  'content-range': ['Which part of the whole this is.', 9110, '14.4'],
  'content-security-policy': ['What the page may load, run and be framed by.', 'CSP', `${CSP}#csp-header`],
  'content-security-policy-report-only': ['A policy that is tried out: breaches are reported, not stopped.', 'CSP', `${CSP}#cspro-header`],
  'content-type': ['The media type of the content, and for text its encoding.', 9110, '8.3'],
  cookie: ['What the server asked the browser to send back.', 6265, '4.2'],
  'cross-origin-embedder-policy': ['Whether the page may embed what has not allowed it.', 'HTML', `${HTML}browsers.html#coep`],
  'cross-origin-opener-policy': [
    'Whether pages of other origins share its window.',
    'HTML',
    `${HTML}browsers.html#cross-origin-opener-policies`,
  ],
  'cross-origin-resource-policy': ['Pages of which origins may embed this.', 'Fetch', `${FETCH}#cross-origin-resource-policy-header`],
  date: ['When the message was made.', 9110, '6.6.1'],
  deprecation: ['From when on the resource is deprecated.', 9745, '2'],
  etag: ['A tag of this version of the content: asked with If-None-Match, 304 says it is the same.', 9110, '8.8.3'],
  expect: ['What the sender waits for before it sends content.', 9110, '10.1.1'],
  expires: ['Until when this is fresh; max-age wins over it.', 9111, '5.3'],
  forwarded: ['What proxies on the way took from the request.', 7239, '4'],
  host: ['Which of the sites at this address is meant.', 9110, '7.2'],
  'if-modified-since': ['Send it only if it has changed since.', 9110, '13.1.3'],
  'if-none-match': ['Send it only if its tag is none of these.', 9110, '13.1.2'],
  'keep-alive': ['How long the connection stays open; of HTTP/1.0.', 2068, '19.7.1'],
  'last-modified': ['When the content was last changed.', 9110, '8.8.2'],
  link: ['Links of the whole response, as to a style sheet or the next page.', 8288, '3'],
  location: ['Where to go on: the URL of a redirect, or of what was made.', 9110, '10.2.2'],
  nel: [
    'Failures of the network are to be reported.',
    'Network Error Logging',
    'https://www.w3.org/TR/network-error-logging/#nel-response-header',
  ],
  origin: ['Of which origin the page is that asks.', 6454, '7'],
  'origin-agent-cluster': [
    'The page would like a process for its origin alone.',
    'HTML',
    `${HTML}browsers.html#origin-keyed-agent-clusters`,
  ],
  'permissions-policy': [
    'Which features of the browser the page may use.',
    'Permissions Policy',
    'https://www.w3.org/TR/permissions-policy/#permissions-policy-http-header-field',
  ],
  pragma: ['no-cache, as HTTP/1.0 said it.', 9111, '5.4'],
  priority: ['How urgent this is beside others.', 9218, '5'],
  'proxy-authenticate': ['How to show a proxy who asks.', 9110, '11.7.1'],
  range: ['Which part of the content is wanted.', 9110, '14.2'],
  referer: ['The page that led here.', 9110, '10.1.3'],
  'referrer-policy': [
    'How much of its URL the page tells where it leads.',
    'Referrer Policy',
    'https://www.w3.org/TR/referrer-policy/#referrer-policy-header',
  ],
  refresh: ['The page goes on by itself after so many seconds.', 'HTML', `${HTML}document-lifecycle.html#the-refresh-header`],
  'report-to': ['Where browsers send reports to.', 'Reporting', 'https://www.w3.org/TR/reporting-1/'],
  'reporting-endpoints': ['Where browsers send reports to.', 'Reporting', 'https://www.w3.org/TR/reporting-1/#header'],
  'retry-after': ['How long to wait before asking again.', 9110, '10.2.3'],
  'sec-fetch-dest': ['What the browser wants this for.', 'Fetch Metadata', 'https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header'],
  'sec-fetch-mode': ['How the browser asks for it.', 'Fetch Metadata', 'https://www.w3.org/TR/fetch-metadata/#sec-fetch-mode-header'],
  'sec-fetch-site': [
    'Whether who asks is of the same site.',
    'Fetch Metadata',
    'https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header',
  ],
  server: ['Which program answers.', 9110, '10.2.4'],
  'server-timing': [
    'What the server spent its time on.',
    'Server Timing',
    'https://www.w3.org/TR/server-timing/#the-server-timing-header-field',
  ],
  'set-cookie': ['To be kept, and sent back with every request to this site.', 6265, '4.1'],
  sourcemap: ['Where the source of this code is.', 'Source Map', 'https://tc39.es/ecma426/#sec-linking-generated-code'],
  'strict-transport-security': ['Ask this site by HTTPS alone for so many seconds.', 6797, '6.1'],
  sunset: ['From when on the resource will be gone.', 8594, '3'],
  te: ['Which transfer codings are taken besides chunked.', 9110, '10.1.4'],
  'timing-allow-origin': [
    'Pages of which origins may see how long this took.',
    'Resource Timing',
    'https://www.w3.org/TR/resource-timing/#sec-timing-allow-origin',
  ],
  trailer: ['Which fields come after the content.', 9110, '6.6.2'],
  'transfer-encoding': ['How the message is framed; chunked: in pieces, each with its length.', 9112, '6.1'],
  upgrade: ['Another protocol to go on with.', 9110, '7.8'],
  'upgrade-insecure-requests': [
    'The browser would rather have HTTPS.',
    'Upgrade Insecure Requests',
    'https://www.w3.org/TR/upgrade-insecure-requests/#preference',
  ],
  'user-agent': ['Which program asks.', 9110, '10.1.5'],
  vary: ['On which request fields this answer depends: caches keep one for each.', 9110, '12.5.5'],
  via: ['Which proxies it came through.', 9110, '7.6.3'],
  warning: ['What a cache had to say; no longer used.', 9111, '5.5'],
  'www-authenticate': ['How to show who asks.', 9110, '11.6.1'],
  'x-content-type-options': ['nosniff: the media type is as said, and not guessed.', 'Fetch', `${FETCH}#x-content-type-options-header`],
  'x-dns-prefetch-control': [
    'Whether names in the page are resolved before they are needed.',
    'MDN',
    'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-DNS-Prefetch-Control',
  ],
  'x-forwarded-for': [
    'Addresses that a request came from, as proxies say; Forwarded is the standard.',
    'MDN',
    'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-Forwarded-For',
  ],
  'x-frame-options': [
    'Who may frame the page; frame-ancestors wins over it.',
    'HTML',
    `${HTML}document-lifecycle.html#the-x-frame-options-header`,
  ],
  'x-powered-by': [
    'With what the site is made. No standard: of use to attackers alone.',
    'MDN',
    'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-Powered-By',
  ],
  'x-robots-tag': [
    'What search engines may do with this.',
    'Google',
    'https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag#xrobotstag',
  ],
  'x-xss-protection': [
    'A filter of browsers that are no more; best left out.',
    'MDN',
    'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-XSS-Protection',
  ],
};

/** What a field means; null for one that is not known here. */
export function explained(name: string): FieldMeaning | null {
  const key = name.toLowerCase();
  const entry = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
  if (entry === undefined) return null;
  const [meaning, rfc, place] = entry;
  if (typeof rfc === 'string') return { meaning, reference: rfc, url: place };
  return { meaning, reference: `RFC ${rfc}, ${place}`, url: `https://www.rfc-editor.org/rfc/rfc${rfc}#section-${place}` };
}
