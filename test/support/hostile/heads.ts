import { bytes, endless, head, type Hostile, malformed, reads, row, SOON, timeout, tooLarge } from './hostile.ts';

const OK = 'HTTP/1.1 200 OK';
const FIVE = 'Content-Length: 5';
const HELLO = reads('hello');
const HELLO_RESPONSE = `${OK}\r\n${FIVE}\r\n\r\nhello`;
const BAD_HEAD = malformed('firstByte');
const LARGE_HEAD = tooLarge('firstByte');

function statusLine(line: string): Buffer {
  return head(line, FIVE);
}

function field(line: string): Buffer {
  return head(OK, line, FIVE);
}

/** Heads without an end. */
const floods: readonly Hostile[] = [
  row('5,000 fields', head(OK, ...Array.from({ length: 5000 }, (_, index) => `X-${String(index)}: some value`), FIVE), LARGE_HEAD),
  row('fields without end', endless(`${OK}\r\n`, 'X-More: and more and more\r\n'.repeat(100)), LARGE_HEAD),
  row('a field value without end', endless(`${OK}\r\nX-Long: `, 'x'.repeat(5000)), LARGE_HEAD),
  row('a field name without end', endless(`${OK}\r\n`, 'x'.repeat(5000)), LARGE_HEAD),
  row('a reason phrase without end', endless(OK, 'x'.repeat(5000)), LARGE_HEAD),
  row('blank lines without end before the status line', endless('', '\r\n'.repeat(2000)), LARGE_HEAD),
  row('letters without end, and no line', endless('', 'x'.repeat(5000)), malformed('firstByte'), { over10: LARGE_HEAD }),
  row('a head that drips, a byte every 20 ms', endless(`${OK}\r\nX-Drip: `, 'x', 20), timeout('firstByte'), SOON),
];

/** Responses that come before the final one. RFC 9110, section 15.2. */
const informational: readonly Hostile[] = [
  row('103s without end', endless('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(100)), LARGE_HEAD),
  row('100s without end', endless('', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100)), LARGE_HEAD),
  row('199s without end', endless('', 'HTTP/1.1 199 What\r\n\r\n'.repeat(100)), LARGE_HEAD),
  row('a 103 whose field has no end', endless('HTTP/1.1 103 Early Hints\r\nLink: ', 'x'.repeat(5000)), LARGE_HEAD),
  row('103s that drip, one every 20 ms', endless('', 'HTTP/1.1 103 Early Hints\r\n\r\n', 20), timeout('firstByte'), SOON),
  row('a 100 and then silence', bytes('HTTP/1.1 100 Continue\r\n\r\n'), timeout('firstByte'), SOON),
  row('1,000 103s, then a response', bytes('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1000), HELLO_RESPONSE), HELLO),
  row('a 103 with a line that is no field', bytes('HTTP/1.1 103 Early Hints\r\nno field\r\n\r\n', HELLO_RESPONSE), BAD_HEAD),
  row('a 103 with a NUL in a field', bytes('HTTP/1.1 103 Early Hints\r\nLink: a\0b\r\n\r\n', HELLO_RESPONSE), BAD_HEAD),
  row('a 103 of HTTP/9.9', bytes('HTTP/9.9 103 Early Hints\r\n\r\n', HELLO_RESPONSE), BAD_HEAD),
  row(
    '101 with an Upgrade that nobody asked for',
    bytes('HTTP/1.1 101 Switching\r\nUpgrade: a\r\nConnection: Upgrade\r\n\r\nhi'),
    BAD_HEAD,
  ),
  row('101 without an Upgrade', bytes('HTTP/1.1 101 Switching\r\n\r\n', HELLO_RESPONSE), BAD_HEAD),
];

/** The first line. RFC 9112, section 4. */
const statusLines: readonly Hostile[] = [
  row('HTTP/0.9: no head at all', bytes('<h1>no head at all</h1>\r\n\r\n'), BAD_HEAD),
  row('a status line without a version', statusLine('200 OK'), BAD_HEAD),
  row('a status line of HTTP/0.9', statusLine('HTTP/0.9 200 OK'), BAD_HEAD),
  row('a status line of HTTP/2.0', statusLine('HTTP/2.0 200 OK'), BAD_HEAD),
  row('a status line of HTTP/9.9', statusLine('HTTP/9.9 200 OK'), BAD_HEAD),
  row('a status line of HTTP/11', statusLine('HTTP/11 200 OK'), BAD_HEAD),
  row('a status line in small letters', statusLine('http/1.1 200 OK'), BAD_HEAD),
  row('a status line of another protocol', statusLine('ICY 200 OK'), BAD_HEAD),
  row('a request line in place of a status line', statusLine('GET / HTTP/1.1'), BAD_HEAD),
  row('status 000', statusLine('HTTP/1.1 000 Nothing'), BAD_HEAD),
  row('status 99', statusLine('HTTP/1.1 99 Short'), BAD_HEAD),
  row('status 099', statusLine('HTTP/1.1 099 Low'), BAD_HEAD),
  row('status 1000', statusLine('HTTP/1.1 1000 Long'), BAD_HEAD),
  row('status abc', statusLine('HTTP/1.1 abc Letters'), BAD_HEAD),
  row('status -20', statusLine('HTTP/1.1 -20 Negative'), BAD_HEAD),
  row('no space between version and status', statusLine('HTTP/1.1200 OK'), BAD_HEAD),
  row('a NUL in the reason phrase', statusLine('HTTP/1.1 200 O\0K'), BAD_HEAD),
  row('a control character in the reason phrase', statusLine('HTTP/1.1 200 O\x01K'), BAD_HEAD),
  row('a bare CR in the reason phrase', statusLine('HTTP/1.1 200 O\rK'), BAD_HEAD),
  row('lines that end in LF alone', bytes(`${OK}\n${FIVE}\n\nhello`), BAD_HEAD, { over10: HELLO }),
];

/** Field lines. RFC 9112, section 5. */
const fields: readonly Hostile[] = [
  row('a NUL in a field name', field('X\0Y: 1'), BAD_HEAD),
  row('a NUL in a field value', field('X-Nul: a\0b'), BAD_HEAD),
  row('a control character in a field name', field('X\x01Y: 1'), BAD_HEAD),
  row('a control character in a field value', field('X-Control: a\x01b'), BAD_HEAD),
  row('DEL in a field value', field('X-Delete: a\x7fb'), BAD_HEAD),
  row('bytes beyond ASCII in a field name', field('X-\xc3\xa9: 1'), BAD_HEAD),
  row('bytes beyond ASCII in a field value', field('X-Bytes: \xe9\xff'), HELLO),
  row('a bare CR in a field value', field('X-Cr: a\rContent-Length: 1'), BAD_HEAD),
  row('a bare LF between fields', field('X-A: 1\nX-B: 2'), BAD_HEAD, { over10: HELLO }),
  row('a folded field', field('X-Folded: one\r\n  two'), BAD_HEAD),
  row('a folded line before any field', head(OK, '  folded', FIVE), BAD_HEAD),
  row('a space before the colon', field('X-Space : 1'), BAD_HEAD),
  row('a space in a field name', field('X Space: 1'), BAD_HEAD),
  row('a field without a name', field(': nameless'), BAD_HEAD),
  row('a line without a colon', field('this is no field'), BAD_HEAD),
  row(
    'a head that ends within a field: nothing says how long the content is',
    field('X-Split: a\r\n\r\nContent-Length: 0'),
    timeout('download'),
    SOON,
  ),
  row('fields named __proto__ and constructor', field('__proto__: 1\r\nconstructor: 2\r\ntoString: 3\r\nhasOwnProperty: 4'), HELLO),
];

export const heads: readonly Hostile[] = [...floods, ...informational, ...statusLines, ...fields];
