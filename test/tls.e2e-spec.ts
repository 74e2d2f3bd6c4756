import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';
import { type SelfSigned, selfSigned } from './support/certificate.ts';
import type { FetchAnswer, Problem } from './support/contract.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

describe('TLS', () => {
  let identity: SelfSigned;
  let origin: Origin;
  let app: TestApp;

  beforeAll(async () => {
    identity = selfSigned();
    origin = await startOrigin({ tls: identity });
    app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  });

  afterAll(async () => {
    await app.close();
    await origin.close();
  });

  it('refuses a certificate that nobody vouches for', async () => {
    const { status, json } = await app.get<Problem>('/fetch', { url: `${origin.url}/romeo.txt` });
    expect([status, json.code, json.phase, json.retryable]).toEqual([502, 'TLS_FAILED', 'tls', false]);
    expect(origin.requests).toHaveLength(0);
  });

  it('retrieves all the same when told to skip the checks, and says so', async () => {
    const { status, json } = await app.get<FetchAnswer>('/fetch', { url: `${origin.url}/romeo.txt`, insecureTls: true });
    expect(status).toBe(200);
    expect(json.body.bytes).toBe(167);
    const { fingerprint256 } = new X509Certificate(identity.cert);
    expect(json.exchanges[0]?.tls).toMatchObject({ authorized: false, certificate: { fingerprint256 } });
    expect(JSON.stringify(json)).toContain('"insecureTls":true');
  });

  it('does not lend an unchecked connection to those who want the checks', async () => {
    expect((await app.get('/fetch', { url: `${origin.url}/framing/keep-alive`, insecureTls: true })).status).toBe(200);
    expect((await app.get('/fetch', { url: `${origin.url}/framing/keep-alive`, cache: 'reload' })).status).toBe(502);
  });

  it('says that a server which speaks no TLS does not', async () => {
    const plain = await startOrigin();
    try {
      const { json } = await app.get<Problem>('/fetch', { url: plain.url.replace('http:', 'https:') });
      expect([json.code, json.phase]).toEqual(['TLS_FAILED', 'tls']);
    } finally {
      await plain.close();
    }
  });
});
