import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Origin, startOrigin } from './origin-server.ts';
import { COVER, DOCS_HREFS, DOCS_REGEX_URLS, ROMEO, ROMEO_WORDS } from './scenarios/chapter.ts';

/** Writes a request on a socket and reads to the end, as the chapter's programs do. */
function rawExchange(port: number, request: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (bytes) => pieces.push(bytes));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(Buffer.concat(pieces));
    });
  });
}

describe('the origin server of the tests', () => {
  let origin: Origin;

  beforeAll(async () => {
    origin = await startOrigin();
  });

  afterAll(() => origin.close());

  it('serves romeo.txt with 167 bytes, 33 words and 26 distinct ones', async () => {
    const bytes = await rawExchange(origin.port, `GET ${origin.url}/romeo.txt HTTP/1.0\r\n\r\n`);
    const [head = '', content = ''] = bytes.toString().split('\r\n\r\n');
    expect(head.split('\r\n')).toHaveLength(12);
    expect(head).toContain('\r\nContent-Length: 167\r\n');
    expect(content).toBe(ROMEO);
    expect(Buffer.byteLength(ROMEO)).toBe(167);
    const words = ROMEO.split(/\s+/).filter((word) => word !== '');
    expect(words).toHaveLength(33);
    expect([...new Set(words)]).toEqual(ROMEO_WORDS.map(([word]) => word));
    expect(ROMEO_WORDS).toHaveLength(26);
  });

  it('serves the image with the head and the length that the chapter counted', async () => {
    const bytes = await rawExchange(origin.port, `GET ${origin.url}/cover3.jpg HTTP/1.0\r\n\r\n`);
    expect(bytes).toHaveLength(230_608);
    expect(bytes.indexOf('\r\n\r\n')).toBe(394);
    expect(createHash('sha256').update(bytes.subarray(398)).digest('hex')).toBe(createHash('sha256').update(COVER).digest('hex'));
    expect(new Set(COVER).size).toBe(256);
  });

  it('serves page1.htm with the length its head declares', async () => {
    const bytes = await rawExchange(origin.port, 'GET /page1.htm HTTP/1.0\r\n\r\n');
    expect(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)).toHaveLength(128);
  });

  it('has the 43 anchors and the 14 absolute URLs of the chapter on one page', () => {
    expect(DOCS_HREFS).toHaveLength(43);
    expect(DOCS_REGEX_URLS).toHaveLength(14);
  });

  it('records what it was asked, byte for byte', async () => {
    const request =
      'POST /echo?a=1 HTTP/1.1\r\nhOsT: h\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\nhiGET /framing/http-1.0 HTTP/1.1\r\nHost: h\r\n\r\n';
    const before = origin.connections;
    const bytes = await rawExchange(origin.port, request);
    expect(bytes.toString()).toContain('X-A: 1\r\nx-a: 2');
    const [first, second] = origin.requests.slice(-2);
    expect(first).toMatchObject({ method: 'POST', target: '/echo?a=1', httpVersion: '1.1', connection: before + 1 });
    expect(first?.rawHeaders).toEqual([
      { name: 'hOsT', value: 'h' },
      { name: 'X-A', value: '1' },
      { name: 'x-a', value: '2' },
      { name: 'Content-Length', value: '2' },
    ]);
    expect(first?.body.toString()).toBe('hi');
    expect(second).toMatchObject({ target: '/framing/http-1.0', connection: before + 1 });
    expect(origin.connections).toBe(before + 1);
  });

  it('sends the head alone when only that is asked for', async () => {
    const bytes = await rawExchange(origin.port, 'HEAD /cover3.jpg HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(bytes).toHaveLength(398);
  });

  it('stops when the peer goes away', async () => {
    const other = await startOrigin();
    await new Promise<void>((resolve) => {
      const socket = connect(other.port, '127.0.0.1', () => socket.write('GET /framing/endless-body HTTP/1.1\r\nHost: h\r\n\r\n'));
      socket.once('data', () => {
        socket.destroy();
        resolve();
      });
    });
    await other.close();
  });
});
