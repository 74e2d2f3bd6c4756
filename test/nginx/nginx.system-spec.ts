import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.ts';
import { CertificateAuthority } from '../support/certificate.ts';
import type { FetchAnswer, HeadersAnswer, LinksAnswer, Problem } from '../support/contract.ts';
import { type Nginx, startNginx } from './nginx.ts';

const PAGE = `<!doctype html><title>By nginx</title>${'<p><a href="sonnet.txt">Sonnet</a></p>\n'.repeat(200)}`;
const SONNET = "Shall I compare thee to a summer's day?\n";
const LOCATIONS = `
  location = /moved { return 301 /page.htm; }
  location = /chain { return 302 /moved; }
  location = /put { return 308 /sonnet.txt; }
  location = /closing { keepalive_timeout 0; return 200 "closed"; }
  location = /cookie { add_header Set-Cookie "seen=1; Path=/"; return 302 /cookies; }
  location = /cookies { default_type text/plain; return 200 "$http_cookie"; }
  location = /agent { default_type text/plain; return 200 "$http_user_agent|$http_accept_language|$server_protocol|$request_method"; }`;

let nginx: Nginx;
let app: TestApp;

beforeAll(async () => {
  const authority = new CertificateAuthority('Nginx Intermediate', new CertificateAuthority('Nginx Root'));
  const identity = authority.issue({ commonName: 'nginx', names: ['127.0.0.1'] });
  nginx = await startNginx({ 'page.htm': PAGE, 'sonnet.txt': SONNET }, identity, LOCATIONS);
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
});

afterAll(async () => {
  // Without nginx neither has come to be.
  await (app as TestApp | undefined)?.close();
  await (nginx as Nginx | undefined)?.close();
});

async function fetched(path: string, json: object = {}): Promise<FetchAnswer> {
  const answer = await app.post<FetchAnswer>('/fetch', { url: nginx.url + path, cache: 'reload', ...json });
  expect({ status: answer.status, problem: answer.status === 200 ? null : answer.json }).toEqual({ status: 200, problem: null });
  return answer.json;
}

/** What nginx itself sends over a bare socket. */
async function literally(request: string): Promise<string> {
  const socket = connect(Number(new URL(nginx.url).port), '127.0.0.1');
  let received = '';
  socket.on('data', (bytes) => (received += bytes.toString('latin1')));
  socket.write(request);
  await once(socket, 'end');
  return received;
}

function field({ headers }: FetchAnswer, wanted: string): string | undefined {
  return headers.find(({ name }) => name === wanted)?.value;
}

describe('what nginx answers', () => {
  it('is told as it was sent: status line, fields in their order, the size of the head', async () => {
    const sent = await literally('GET /sonnet.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    const head = sent.slice(0, sent.indexOf('\r\n\r\n') + 4);
    const names = head
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(':', 1)[0]);
    const answer = await fetched('/sonnet.txt');
    expect(answer.headers.map(({ name }) => name)).toEqual(names);
    // Its Connection field says keep-alive to us, where it said close.
    expect(answer.exchanges[0]?.headerBytes).toBe(head.length + 'keep-alive'.length - 'close'.length);
    expect(answer).toMatchObject({ status: 200, statusText: 'OK', body: { text: SONNET, mediaType: 'text/plain', contentEncoding: null } });
  });

  it('comes over one connection, which is told', async () => {
    await fetched('/sonnet.txt');
    const { exchanges } = await fetched('/sonnet.txt');
    expect(exchanges[0]).toMatchObject({ reused: true, httpVersion: '1.1', timings: { dns: null, tcp: null, tls: null } });
  });

  it('comes over a new connection after one that nginx closed', async () => {
    const closing = await fetched('/closing');
    expect(field(closing, 'Connection')).toBe('close');
    const again = await fetched('/closing');
    expect(again.exchanges[0]?.reused).toBe(false);
    expect(again.exchanges[0]?.timings.tcp).toBeGreaterThan(0);
  });

  it('is undone from gzip, with its size on the way told', async () => {
    const answer = await fetched('/page.htm');
    expect(field(answer, 'Content-Encoding')).toBe('gzip');
    expect(field(answer, 'Transfer-Encoding')).toBe('chunked');
    expect(answer.body).toMatchObject({ contentEncoding: 'gzip', text: PAGE, bytes: PAGE.length });
    expect(answer.body.transferBytes).toBeLessThan(PAGE.length / 4);
    expect(answer.body.chunks.at(-1)?.total).toBe(answer.body.transferBytes);
    expect((await app.get<LinksAnswer>('/links', { url: `${nginx.url}/page.htm` })).json.total).toBe(200);
  });

  it('is the range that the caller asks for', async () => {
    const answer = await fetched('/sonnet.txt', { headers: [{ name: 'Range', value: 'bytes=6-16' }] });
    expect([answer.status, answer.statusText, answer.body.text]).toEqual([206, 'Partial Content', SONNET.slice(6, 17)]);
    expect(field(answer, 'Content-Range')).toBe(`bytes 6-16/${String(SONNET.length)}`);
    expect((await fetched('/sonnet.txt', { headers: [{ name: 'Range', value: 'bytes=9000-' }] })).status).toBe(416);
  });

  it('is that nothing has changed, when the caller shows its ETag', async () => {
    const etag = field(await fetched('/sonnet.txt'), 'ETag') ?? '';
    const answer = await fetched('/sonnet.txt', { headers: [{ name: 'If-None-Match', value: etag }] });
    expect([answer.status, answer.body.bytes]).toEqual([304, 0]);
  });

  it('is followed through its redirects over the connection that is there', async () => {
    const answer = await fetched('/chain');
    expect(answer).toMatchObject({ redirected: true, finalUrl: `${nginx.url}/page.htm`, body: { text: PAGE } });
    expect(answer.exchanges.map(({ status }) => status)).toEqual([302, 301, 200]);
    expect(answer.exchanges.map(({ reused }) => reused).slice(1)).toEqual([true, true]);
    const { json } = await app.get<HeadersAnswer>('/headers', { url: `${nginx.url}/chain` });
    expect(json.redirects.map(({ status }) => status)).toEqual([302, 301]);
  });

  it('has no content for HEAD, and the length of what there would be', async () => {
    const answer = await fetched('/sonnet.txt', { method: 'HEAD' });
    expect([answer.status, answer.body.bytes, field(answer, 'Content-Length')]).toEqual([200, 0, String(SONNET.length)]);
  });

  it('is its own refusal of a method, after a redirect that keeps it', async () => {
    const answer = await fetched('/put', { method: 'PUT', content: 'mine' });
    expect(answer.exchanges.map(({ method, status }) => [method, status])).toEqual([
      ['PUT', 308],
      ['PUT', 405],
    ]);
    expect((await fetched('/nowhere')).status).toBe(404);
  });

  it('hears the method, the user agent and the language that the caller names', async () => {
    const { body } = await fetched('/agent', { userAgent: 'mine/1', acceptLanguage: 'de', method: 'GET' });
    expect(body.text).toBe('mine/1|de|HTTP/1.1|GET');
  });

  it('hears the cookies that the caller names and those it has set itself', async () => {
    const { body } = await fetched('/cookie', { cookies: [{ name: 'mine', value: '1' }] });
    expect(body.text?.split('; ').sort()).toEqual(['mine=1', 'seen=1']);
  });
});

describe('nginx over TLS', () => {
  it('is refused, since nobody vouches for its authority', async () => {
    const { status, json } = await app.get<Problem>('/fetch', { url: `${nginx.secureUrl}/sonnet.txt` });
    expect([status, json.code, json.phase]).toEqual([502, 'TLS_FAILED', 'tls']);
  });

  it('is retrieved all the same when told to, with its chain and what was agreed on', async () => {
    const url = `${nginx.secureUrl}/sonnet.txt`;
    const { exchanges } = await fetched('', { url, insecureTls: true });
    expect(exchanges[0]?.tls).toMatchObject({
      authorized: false,
      alpn: 'http/1.1',
      chain: [{ subject: 'CN=nginx' }, { subject: 'CN=Nginx Intermediate' }],
    });
    const again = await fetched('', { url, insecureTls: true });
    expect(again.exchanges[0]).toMatchObject({ reused: true, tls: exchanges[0]?.tls, timings: { tls: null } });
  });

  it('says what it has to say to those who speak no TLS to it', async () => {
    const { status, body } = await fetched('', { url: nginx.secureUrl.replace('https:', 'http:') });
    expect(status).toBe(400);
    expect(body.text).toContain('plain HTTP request was sent to HTTPS port');
  });

  it('is told not to be there where it speaks none', async () => {
    const { json } = await app.get<Problem>('/fetch', { url: nginx.url.replace('http:', 'https:') });
    expect([json.code, json.phase]).toEqual(['TLS_FAILED', 'tls']);
    expect(json.detail).toContain('does not speak TLS');
  });
});
