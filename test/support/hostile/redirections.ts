import type { OriginRequest } from '../scenarios/response.ts';
import { bytes, type Expected, forbidden, type Hostile, malformed, reads, row, tooManyRedirects } from './hostile.ts';

const OWN = '/own?to=redirect';
const ARRIVED = reads('own answer to redirect');
/** HTTP/1.0 follows no redirect: it is shown. */
const SHOWN: Expected = { status: 302, text: '' };

function to(...locations: readonly string[]): Buffer {
  return bytes(`HTTP/1.1 302 Found\r\n${locations.map((location) => `Location: ${location}\r\n`).join('')}Content-Length: 0\r\n\r\n`);
}

function redirects(name: string, locations: readonly string[], expected: Expected): Hostile {
  return row(name, to(...locations), expected, { over10: SHOWN, head: expected });
}

/** https://fetch.spec.whatwg.org/#http-redirect-fetch */
export const redirections: readonly Hostile[] = [
  redirects('an empty Location', [''], tooManyRedirects('firstByte')),
  redirects('no Location', [], SHOWN),
  redirects('a Location that is no URL', ['http://['], malformed('firstByte')),
  redirects('a Location with a port beyond all', ['http://127.0.0.1:99999/'], malformed('firstByte')),
  redirects('a Location of data:', ['data:text/plain,hello'], forbidden('firstByte')),
  redirects('a Location of file:', ['file:///etc/passwd'], forbidden('firstByte')),
  redirects('a Location of javascript:', ['javascript:alert(1)'], forbidden('firstByte')),
  redirects('a Location within', ['http://127.0.0.2/'], forbidden(null)),
  redirects('a Location with a backslash', ['http:\\\\127.0.0.1\\'], forbidden('firstByte')),
  redirects('a Location with a user name', ['//user@127.0.0.1/'], forbidden('firstByte')),
  redirects('a Location with a tab in it', ['/ow\tn'], forbidden('firstByte')),
  redirects('two Locations that differ', [OWN, '/hostile'], malformed('firstByte')),
  redirects('the same Location twice', [OWN, OWN], ARRIVED),
  redirects('a Location of 60,000 characters', [`${OWN}&${'x'.repeat(60_000)}`], ARRIVED),
  redirects('a Location in UTF-8', [`${OWN}&\xe3\x82\x82`], ARRIVED),
  redirects('a Location in Latin-1', [`${OWN}&\xe9`], ARRIVED),
  row('a redirect to itself', ({ url }: OriginRequest) => to(url.href), tooManyRedirects('firstByte'), {
    over10: SHOWN,
    head: tooManyRedirects('firstByte'),
  }),
  row(
    'redirects without end, each elsewhere',
    ({ url }: OriginRequest) => to(`/hostile?${url.search.length.toString().repeat(url.search.length + 1)}`),
    tooManyRedirects('firstByte'),
    {
      over10: SHOWN,
      head: tooManyRedirects('firstByte'),
    },
  ),
];
