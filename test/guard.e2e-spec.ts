import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { POST_VIEWS, VIEWS } from './support/views.ts';

/** What looks like an IP address in a text. */
function addressesIn(text: string): string[] {
  return text.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b|\[[0-9a-f:.]+\]|::1\b/gi) ?? [];
}

describe('the guard', () => {
  let origin: Origin;
  let strict: TestApp;
  let open: TestApp;

  beforeAll(async () => {
    origin = await startOrigin({ everywhere: true });
    strict = await startApp();
    open = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  });

  afterAll(async () => {
    await Promise.all([strict.close(), open.close()]);
    await origin.close();
  });

  function withPort(url: string): string {
    return url.replace('PORT', String(origin.port));
  }

  /** The problem is the opaque one, and tells no address that the caller did not write. */
  function expectForbidden(answer: Answer<Problem>, asked: string): void {
    expect({ asked, status: answer.status, code: answer.json.code }).toEqual({ asked, status: 403, code: 'TARGET_FORBIDDEN' });
    const known = asked + ' ' + (URL.canParse(asked) ? new URL(asked).href : '');
    expect(addressesIn(answer.json.detail).filter((address) => !known.includes(address))).toEqual([]);
    expect(answer.json.retryable).toBe(false);
  }

  it.each([
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://127.0.0.1.:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0x7f000001:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://%31%32%37.0.0.1:PORT/',
    'http://①②⑦.0.0.1:PORT/',
    'http://127。0。0。1:PORT/',
    'http://0.0.0.0:PORT/',
    'http://0:PORT/',
    'http://127.255.255.254:PORT/',
    'http://[::]:PORT/',
    'http://[::1]:PORT/',
    'http://[0:0:0:0:0:0:0:1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[::127.0.0.1]:PORT/',
    'http://[64:ff9b::127.0.0.1]:PORT/',
    'http://[2002:7f00:1::]:PORT/',
    'http://localhost:PORT/',
    'http://LOCALHOST:PORT/',
    'http://localhost.:PORT/',
    'http://foo.localhost:PORT/',
    'http://foo.localhost.:PORT/',
    'http://ip6-localhost:PORT/',
    'http://intranet:PORT/',
    'http://printer.local:PORT/',
    'http://metadata.google.internal/computeMetadata/v1/',
    'http://router.home.arpa/',
    'http://169.254.169.254/latest/meta-data/',
    'http://168.63.129.16/',
    'http://100.100.100.200/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[fd00:ec2::254]/',
    'http://[ff02::1]/',
    'http://[2001:db8::1]/',
    'https://127.0.0.1:PORT/',
  ])('does not let %s out by default', async (template) => {
    const url = withPort(template);
    expectForbidden(await strict.get<Problem>('/fetch', { url }), url);
    expect(origin.connections).toBe(0);
  });

  it.each(VIEWS)('stands before %s, by GET and by POST', async (path) => {
    const { url } = origin;
    expectForbidden(await strict.get<Problem>(path, { url }), url);
    expectForbidden(await strict.post<Problem>(path, { url }), url);
    expect(origin.connections).toBe(0);
  });

  it.each(Object.entries(POST_VIEWS))('stands before %s, by POST', async (path, members) => {
    const { url } = origin;
    expectForbidden(await strict.post<Problem>(path, { url, ...members }), url);
    expect(origin.connections).toBe(0);
  });

  it('stands before GraphQL', async () => {
    const { json } = await strict.graphql('query ($url: String!) { page(url: $url) { status } }', { url: origin.url });
    expect(json.errors?.map(({ extensions }) => extensions.code)).toEqual(['TARGET_FORBIDDEN']);
    expect(json.errors?.[0]?.extensions.problem).toMatchObject({ code: 'TARGET_FORBIDDEN', status: 403 });
    expect(origin.connections).toBe(0);
  });

  it('gives one answer for a port that listens and one that does not', async () => {
    const gone = await startOrigin();
    await gone.close();
    const say = async (url: string): Promise<unknown> => {
      const { requestId, url: asked, detail, ...rest } = (await strict.get<Problem>('/fetch', { url })).json;
      expect(requestId).not.toBe('');
      expect(asked).not.toBeNull();
      return { ...rest, detail: detail.replaceAll(url, 'URL').replaceAll(new URL(url).href, 'URL') };
    };
    expect(await say(`${gone.url}/`)).toEqual(await say(`${origin.url}/`));
  });

  it.each([
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'javascript:alert(1)',
    'data:text/html,hello',
    'ws://example.com/',
    'blob:http://example.com/x',
    'about:blank',
    'http://user:pass@example.com/',
    'http://user@example.com/',
    'http://:@example.com/',
    'http://@example.com/',
    'http:/user:pass@example.com/',
    'http:user@example.com/',
    'https:@example.com/',
    'http:\\\\example.com\\',
    'http://example.com\\@127.0.0.1/',
    'http://example.com/\\..',
    'http://exam\nple.com/',
    'http://example.com/\t',
    'http://example.com/\u0000',
    'http://example.com/\u007f',
    'http://[fe80::1%25eth0]/',
    'http://exa mple.com/',
    'http://example.com:99999/',
    'http://[::1/',
    'http://',
    'http:',
    '//example.com/',
    '/relative',
    'example.com',
    '',
    ' ',
  ])('refuses %j as no target URL', async (url) => {
    const { status, json } = await strict.get<Problem>('/fetch', { url });
    expect({ status, code: json.code }).toEqual({ status: 400, code: 'INVALID_REQUEST' });
    expect(json.errors.map(({ parameter }) => parameter)).toEqual(['url']);
  });

  it.each([1, 7, 22, 23, 25, 53, 111, 465, 587, 993, 2049, 5060, 6000, 6667, 10080])('keeps HTTP away from port %d', async (port) => {
    const url = `http://127.0.0.1:${String(port)}/`;
    const { status, json } = await open.get<Problem>('/fetch', { url });
    expect([status, json.code]).toEqual([403, 'TARGET_FORBIDDEN']);
    expect(json.detail).toMatch(new RegExp(`port ${String(port)} is [^ ]+.*'s`));
  });

  it("says that port 25 is SMTP's, whatever the host", async () => {
    for (const url of ['http://example.com:25/', 'http://127.0.0.1:25/', 'https://example.com:25/']) {
      const { status, json } = await strict.get<Problem>('/fetch', { url });
      expect([status, json.code]).toEqual([403, 'TARGET_FORBIDDEN']);
      expect(json.detail).toContain("port 25 is SMTP's");
    }
  });

  describe('with 127.0.0.1 allowed', () => {
    it('lets that address out, however it is written', async () => {
      for (const host of ['127.0.0.1', '127.1', '2130706433', '0x7f.1', '127.0.0.1.']) {
        const { status } = await open.get('/fetch', { url: `http://${host}:${String(origin.port)}/` });
        expect([host, status]).toEqual([host, 200]);
      }
    });

    it.each(['http://127.0.0.2:PORT/', 'http://[::1]:PORT/', 'http://localhost:PORT/', 'http://foo.localhost:PORT/', 'http://10.0.0.1/'])(
      'still keeps %s in',
      async (template) => {
        const url = withPort(template);
        expectForbidden(await open.get<Problem>('/fetch', { url }), url);
      },
    );

    it.each([
      '/redirect/loopback-2',
      '/redirect/loopback-6',
      '/redirect/mapped',
      '/redirect/decimal',
      '/redirect/localhost',
      '/redirect/link-local',
      '/redirect/private',
      '/redirect/metadata-name',
      '/redirect/bad-port',
      '/redirect/ftp',
      '/redirect/file',
      '/redirect/javascript',
      '/redirect/data',
      '/redirect/mailto',
      '/redirect/userinfo',
      '/redirect/backslash',
    ])('does not follow %s', async (path) => {
      const url = origin.url + path;
      for (const view of VIEWS) expectForbidden(await open.get<Problem>(view, { url }), url);
      const { json } = await open.graphql('query ($url: String!) { page(url: $url) { status } }', { url });
      expect(json.errors?.map(({ extensions }) => extensions.code)).toEqual(['TARGET_FORBIDDEN']);
      expect(new Set(origin.requests.map((request) => request.header('host')))).toEqual(new Set([`127.0.0.1:${String(origin.port)}`]));
    });

    it('judges the last of several redirects, too', async () => {
      const hidden = `${origin.url}/redirect/to?to=${encodeURIComponent(`${origin.url}/redirect/private`)}`;
      expectForbidden(await open.get<Problem>('/fetch', { url: hidden }), hidden);
    });
  });

  describe("with the operator's lists", () => {
    it('allows by network and by name, and refuses what both lists name', async () => {
      const app = await startApp({ ALLOW_TARGETS: '127.0.0.0/8, localhost', DENY_TARGETS: '127.0.0.3' });
      try {
        const status = async (host: string): Promise<number> =>
          (await app.get('/fetch', { url: `http://${host}:${String(origin.port)}/` })).status;
        expect(await status('127.0.0.1')).toBe(200);
        expect(await status('localhost')).toBe(200);
        expect(await status('127.0.0.3')).toBe(403);
        expect(await status('[::1]')).toBe(403);
      } finally {
        await app.close();
      }
    });

    it('refuses a public name that the operator denies, before anybody resolves it', async () => {
      const app = await startApp({ DENY_TARGETS: 'example.com, 93.184.215.0/24' });
      try {
        for (const url of ['http://example.com/', 'http://EXAMPLE.com./', 'http://93.184.215.14/']) {
          expectForbidden(await app.get<Problem>('/fetch', { url }), url);
        }
      } finally {
        await app.close();
      }
    });
  });
});
