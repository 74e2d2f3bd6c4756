import { X509Certificate } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates, type TlsOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';
import { CertificateAuthority, type Identity, selfSigned } from './support/certificate.ts';
import type { Exchange, FetchAnswer, Problem } from './support/contract.ts';
import { type NameServer, startNameServer } from './support/name-server.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

type ServerOptions = Omit<TlsOptions, 'key' | 'cert'>;

const HOST = 'secure.example.com';
const DAY_MS = 86_400_000;
const [YESTERDAY, TOMORROW] = [new Date(Date.now() - DAY_MS), new Date(Date.now() + DAY_MS)];
const [LONG_AGO, LATER] = [new Date(Date.now() - 9 * DAY_MS), new Date(Date.now() + 9 * DAY_MS)];

const root = new CertificateAuthority('Test Root');
const intermediate = new CertificateAuthority('Test Intermediate', root);
const stranger = new CertificateAuthority('Nobody');
const good = intermediate.issue({ commonName: 'secure', names: [HOST, '127.0.0.1', '::1'] });
const shown = stranger.issue({ commonName: HOST, names: [HOST] });
const [leafAlone = ''] = good.cert.split(/(?<=-----END CERTIFICATE-----\n)/);

/** Certificates that are refused, and why. */
const REFUSED = {
  expired: [
    intermediate.issue({ commonName: 'old', names: [HOST], validFrom: LONG_AGO, validTo: YESTERDAY }),
    /has expired \(CERT_HAS_EXPIRED\)/,
  ],
  'not yet valid': [intermediate.issue({ commonName: 'new', names: [HOST], validFrom: TOMORROW, validTo: LATER }), /is not valid yet/],
  'self-signed': [selfSigned(HOST), /the certificate is self-signed/],
  'for another host': [
    intermediate.issue({ commonName: HOST, names: ['other.example.com'] }),
    /for another host .*, for DNS:other\.example\.com/,
  ],
  'of an authority that nobody trusts': [stranger.issue({ commonName: HOST, names: [HOST] }), /an authority that is not trusted/],
  'of an authority that shows itself': [{ key: shown.key, cert: shown.cert + stranger.cert }, /an authority that is not trusted/],
  'without its intermediate': [{ key: good.key, cert: leafAlone }, /the chain is incomplete/],
} as const satisfies Record<string, readonly [Identity, RegExp]>;
type Case = keyof typeof REFUSED;
describe('TLS', () => {
  const before = getCACertificates('default');
  const origins = new Map<Identity, Promise<Origin>>();
  let names: NameServer;
  let app: TestApp;
  let origin: Origin;

  beforeAll(async () => {
    setDefaultCACertificates([...before, root.cert]);
    names = await startNameServer({ [HOST]: ['127.0.0.1'] });
    app = await startApp({ ALLOW_TARGETS: '127.0.0.1', DNS_SERVERS: `${names.address}:${String(names.port)}` });
    origin = await originOf(good);
  });

  afterAll(async () => {
    setDefaultCACertificates(before);
    await app.close();
    await Promise.all([names.close(), ...[...origins.values()].map(async (started) => (await started).close())]);
  });

  /** An origin that shows a certificate, started once. */
  function originOf(identity: Identity, options: ServerOptions = {}): Promise<Origin> {
    const started = origins.get(identity) ?? startOrigin({ tls: { ...identity, ...options } });
    origins.set(identity, started);
    return started;
  }

  function urlOf({ port }: { port: number }, path = '/romeo.txt', host = HOST): string {
    return `https://${host}:${String(port)}${path}`;
  }

  async function exchangeOf(url: string, query = {}): Promise<Exchange> {
    const { status, json } = await app.get<FetchAnswer>('/fetch', { url, cache: 'reload', ...query });
    expect({ status, json: status === 200 ? null : json }).toEqual({ status: 200, json: null });
    const [exchange] = json.exchanges as [Exchange];
    return exchange;
  }

  async function refusalOf(url: string, query = {}): Promise<Problem> {
    const { status, json } = await app.get<Problem>('/fetch', { url, cache: 'reload', ...query });
    expect([status, json.code, json.phase, json.retryable]).toEqual([502, 'TLS_FAILED', 'tls', false]);
    return json;
  }

  it('tells protocol, cipher and ALPN, and the chain with the root that vouches for it', async () => {
    const { tls } = await exchangeOf(urlOf(origin));
    expect(tls).toMatchObject({ protocol: 'TLSv1.3', alpn: null, authorized: true, authorizationError: null });
    expect(tls?.cipher).toMatch(/^TLS_/);
    expect(tls?.chain.map(({ subject, issuer }) => [subject, issuer])).toEqual([
      ['CN=secure', 'CN=Test Intermediate'],
      ['CN=Test Intermediate', 'CN=Test Root'],
      ['CN=Test Root', 'CN=Test Root'],
    ]);
    expect(tls?.certificate).toEqual(tls?.chain[0]);
    const { fingerprint256, serialNumber, validFromDate, validToDate } = new X509Certificate(good.cert);
    expect(tls?.certificate).toEqual({
      subject: 'CN=secure',
      issuer: 'CN=Test Intermediate',
      names: [`DNS:${HOST}`, 'IP Address:127.0.0.1', 'IP Address:0:0:0:0:0:0:0:1'],
      validFrom: validFromDate.toISOString(),
      validTo: validToDate.toISOString(),
      fingerprint256,
      serialNumber,
    });
  });

  it('tells the protocol of ALPN where the server has one', async () => {
    const identity = intermediate.issue({ commonName: 'alpn', names: [HOST] });
    const { tls } = await exchangeOf(urlOf(await originOf(identity, { ALPNProtocols: ['h2', 'http/1.1'], maxVersion: 'TLSv1.2' })));
    expect(tls).toMatchObject({ alpn: 'http/1.1', protocol: 'TLSv1.2', authorized: true });
  });

  it('verifies an address by the addresses of the certificate', async () => {
    expect((await exchangeOf(urlOf(origin, '/romeo.txt', '127.0.0.1'))).tls).toMatchObject({ authorized: true });
  });

  it('tells the certificates of every connection, a first and a later, and of a connection used again', async () => {
    const url = urlOf(origin, '/framing/until-close');
    const [first, second] = [await exchangeOf(url), await exchangeOf(url)];
    expect([first.reused, second.reused]).toEqual([false, false]);
    expect(second.tls).toEqual(first.tls);
    await exchangeOf(urlOf(origin, '/framing/keep-alive'));
    expect(await exchangeOf(urlOf(origin, '/framing/keep-alive'))).toMatchObject({
      reused: true,
      tls: first.tls,
      timings: { dns: null, tcp: null, tls: null },
    });
  });

  it.each(Object.keys(REFUSED) as Case[])('refuses a certificate that is %s, and says so in words', async (name) => {
    const [identity, words] = REFUSED[name];
    const target = await originOf(identity);
    const { detail, exchanges } = await refusalOf(urlOf(target));
    expect(detail).toMatch(words);
    expect(detail).toContain('insecureTls=true');
    expect(exchanges).toEqual([]);
    expect(target.requests).toHaveLength(0);
  });

  it.each(Object.keys(REFUSED) as Case[])(
    'retrieves from one whose certificate is %s when told to skip the checks, and says so',
    async (name) => {
      const [identity, words] = REFUSED[name];
      const { status, json } = await app.get<FetchAnswer & { insecureTls: boolean }>('/fetch', {
        url: urlOf(await originOf(identity)),
        insecureTls: true,
      });
      expect([status, json.insecureTls, json.body.bytes]).toEqual([200, true, 167]);
      const tls = json.exchanges[0]?.tls;
      expect(tls).toMatchObject({ authorized: false, certificate: { fingerprint256: new X509Certificate(identity.cert).fingerprint256 } });
      expect(tls?.authorizationError).toMatch(new RegExp(words.source.replace(/, for .*/, '')));
    },
  );

  it('shows the chain of a self-signed certificate as that certificate alone, and an incomplete one as far as it goes', async () => {
    const lengths = await Promise.all(
      (['self-signed', 'without its intermediate', 'of an authority that shows itself'] as const).map(async (name) => {
        const { tls } = await exchangeOf(urlOf(await originOf(REFUSED[name][0])), { insecureTls: true });
        return tls?.chain.length;
      }),
    );
    expect(lengths).toEqual([1, 1, 2]);
  });

  it('does not lend an unchecked connection to those who want the checks', async () => {
    const [identity] = REFUSED['self-signed'];
    const url = urlOf(await originOf(identity), '/framing/keep-alive');
    await exchangeOf(url, { insecureTls: true });
    await refusalOf(url);
  });

  it.each<[string, ServerOptions, RegExp]>([
    ['older protocols alone', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }, /no common protocol/],
    ['ciphers alone that nobody wants', { maxVersion: 'TLSv1.2', ciphers: 'AES256-SHA256' }, /no common cipher/],
    ['HTTP/2 alone', { ALPNProtocols: ['h2'] }, /does not offer HTTP\/1\.1/],
  ])('says what is wrong with a server that takes %s', async (_name, options, words) => {
    const identity = intermediate.issue({ commonName: 'odd', names: [HOST] });
    const url = urlOf(await originOf(identity, options));
    expect((await refusalOf(url)).detail).toMatch(words);
    expect((await refusalOf(url, { insecureTls: true })).detail).toMatch(words);
  });

  it('says that a server which speaks no TLS does not', async () => {
    const plain = await startOrigin();
    const { detail } = await refusalOf(urlOf(plain));
    expect(detail).toMatch(/the port does not speak TLS/);
    await plain.close();
  });

  it('says that a server ended the connection before TLS was agreed on', async () => {
    const silent: Server = createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { detail } = await refusalOf(urlOf(silent.address() as AddressInfo));
    expect(detail).toMatch(/closed before TLS was agreed on/);
    silent.close();
  });

  it("leaves the caller's fields and cookies behind on the way from https to http", async () => {
    const plain = await startOrigin();
    const downgraded = urlOf(origin, `/redirect/to?to=${encodeURIComponent(`http://${HOST}:${String(plain.port)}/echo`)}`);
    const { status } = await app.post('/fetch', {
      url: downgraded,
      headers: [
        { name: 'Authorization', value: 'Basic cm9tZW86anVsaWV0' },
        { name: 'Cookie', value: 'mine=1' },
      ],
      cookies: [{ name: 'secret', value: '1' }],
    });
    expect(status).toBe(200);
    expect(origin.requests.at(-1)?.header('authorization')).toBe('Basic cm9tZW86anVsaWV0');
    expect(origin.requests.at(-1)?.header('cookie')).toBe('mine=1; secret=1');
    expect(plain.requests.at(-1)?.header('authorization')).toBeUndefined();
    expect(plain.requests.at(-1)?.header('cookie')).toBeUndefined();
    await plain.close();
  });
});
