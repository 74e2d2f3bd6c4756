/** Responses that no server should send, each made from a seed: what a raw socket writes, and how it ends. */
import { gzipSync } from 'node:zlib';
import { between, oneOf, seededRandom } from './random.mjs';

const CRLF = '\r\n';

function noise(random, length) {
  return Buffer.from(Array.from({ length }, () => between(random, 0, 255)));
}

function fields(random) {
  const names = [
    'Content-Type',
    'Location',
    'Set-Cookie',
    'Content-Encoding',
    'Content-Length',
    'Transfer-Encoding',
    'X-Any',
    'Vary',
    'Link',
  ];
  const values = [
    'text/html',
    'text/html;charset=\u0000',
    'gzip',
    'br, gzip, zstd',
    'chunked',
    '-1',
    '18446744073709551616',
    '//[',
    'a=b; Path=/',
    '*',
    '\t',
    'ÿþ',
  ];
  return Array.from({ length: between(random, 0, 12) }, () => `${oneOf(random, names)}: ${oneOf(random, values)}`);
}

function page(random) {
  const tags = [
    '<div>',
    '<a href="x">',
    '</p>',
    '<table>',
    '<svg>',
    '<template>',
    '<!--',
    '<script>',
    '<font a=1>',
    '\0',
    '&#x110000;',
    '<base href=//[>',
  ];
  return Array.from({ length: between(random, 0, 400) }, () => oneOf(random, tags)).join('');
}

/** Each kind takes the random numbers and gives the bytes of a response. */
const KINDS = {
  noise: (random) => noise(random, between(random, 0, 4000)),
  'noise after a status line': (random) => Buffer.concat([Buffer.from(`HTTP/1.1 200 OK${CRLF}`), noise(random, between(random, 0, 2000))]),
  'a strange status line': (random) =>
    Buffer.from(
      `${oneOf(random, ['HTTP/1.1 000 No', 'HTTP/9.9 200', 'HTTP/1.1 99999 X', 'ICY 200 OK', 'HTTP/1.1', 'HTTP/1.1 200 \u0001', '\n\n'])}${CRLF}${CRLF}x`,
      'latin1',
    ),
  'strange fields': (random) =>
    Buffer.from(
      `HTTP/1.1 ${oneOf(random, [200, 204, 301, 304, 404, 500])} X${CRLF}${fields(random).join(CRLF)}${CRLF}${CRLF}${page(random)}`,
      'latin1',
    ),
  'too many fields': (random) =>
    Buffer.from(`HTTP/1.1 200 OK${CRLF}${`X-Field: ${'v'.repeat(90)}${CRLF}`.repeat(between(random, 100, 3000))}${CRLF}`),
  'informational responses': (random) =>
    Buffer.from(`HTTP/1.1 ${oneOf(random, [100, 102, 103])} Early${CRLF}${CRLF}`.repeat(between(random, 1, 500))),
  'a length that is not': (random) =>
    Buffer.from(`HTTP/1.1 200 OK${CRLF}Content-Length: ${String(between(random, 0, 2000))}${CRLF}${CRLF}${page(random)}`),
  'broken chunks': (random) => {
    const sizes = ['5', 'g', '-5', 'ffffffffffffffff', '0', '5;ext=1', ''];
    const chunks = Array.from(
      { length: between(random, 1, 20) },
      () => `${oneOf(random, sizes)}${CRLF}hello${oneOf(random, [CRLF, '\n', ''])}`,
    );
    return Buffer.from(`HTTP/1.1 200 OK${CRLF}Transfer-Encoding: chunked${CRLF}${CRLF}${chunks.join('')}`);
  },
  'spoiled coding': (random) => {
    const coded = gzipSync(page(random));
    if (coded.length > 12) coded[between(random, 0, coded.length - 1)] ^= between(random, 1, 255);
    const coding = oneOf(random, ['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'x', 'gzip,'.repeat(50)]);
    const head = `HTTP/1.1 200 OK${CRLF}Content-Encoding: ${coding}${CRLF}Content-Length: ${String(coded.length)}${CRLF}${CRLF}`;
    return Buffer.concat([Buffer.from(head), coded]);
  },
  'a bomb': (random) => {
    const coded = gzipSync(Buffer.alloc(between(random, 1, 40) * 1_048_576));
    return Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK${CRLF}Content-Encoding: gzip${CRLF}Content-Length: ${String(coded.length)}${CRLF}${CRLF}`),
      coded,
    ]);
  },
  'a redirect somewhere': (random) => {
    const places = [
      'http://[',
      'javascript:1',
      'http://10.0.0.1/',
      '//169.254.169.254/',
      '?again',
      'http://127.0.0.1:1/',
      'ftp://x/',
      '\u0000',
      ' ',
      'http://a@b/',
    ];
    return Buffer.from(
      `HTTP/1.1 ${oneOf(random, [301, 302, 303, 307, 308])} X${CRLF}Location: ${oneOf(random, places)}${CRLF}Content-Length: 0${CRLF}${CRLF}`,
      'latin1',
    );
  },
  'a page of anything': (random) =>
    Buffer.from(
      `HTTP/1.1 200 OK${CRLF}Content-Type: ${oneOf(random, ['text/html', 'application/xml', 'image/svg+xml', 'text/plain;charset=utf-16', 'x'])}${CRLF}Connection: close${CRLF}${CRLF}${page(random)}`,
    ),
};

const ENDS = ['end', 'end', 'end', 'reset', 'stay'];

/** The response of a seed: its kind, its bytes, in how many pieces they leave, and how the connection ends. */
export function garbage(seed) {
  const random = seededRandom(seed);
  const kind = oneOf(random, Object.keys(KINDS));
  return { kind, bytes: KINDS[kind](random), pieces: between(random, 1, 4), end: oneOf(random, ENDS) };
}
