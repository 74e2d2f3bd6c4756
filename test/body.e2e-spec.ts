import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';
import { CODED_PAGE } from './support/scenarios/codings.ts';

describe('/body', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  it.each([
    ['/active.html', /^text\/html/],
    ['/active.svg', /^image\/svg\+xml/],
    ['/image.png', /^image\/png$/],
    ['/json', /^application\/json/],
    ['/not-found', /^text\/html/],
  ])('gives %s with its media type, and nothing that a browser would run', async (path, mediaType) => {
    const { status, headers } = await retrieval.app.get('/body', { url: retrieval.origin.url + path });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(mediaType);
    expect(headers.get('content-security-policy')).toMatch(/(^|;)\s*sandbox\s*(;|$)/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-disposition')).toMatch(/^(attachment|inline)/);
  });

  it('says in its header what was retrieved', async () => {
    const { headers } = await retrieval.app.get('/body', { url: `${retrieval.origin.url}/redirect/302` });
    expect(headers.get('pagewire-snapshot')).toMatch(/^[\w-]{1,64}$/);
    expect(headers.get('pagewire-status')).toBe('200');
    expect(headers.get('pagewire-final-url')).toBe(`${retrieval.origin.url}/romeo.txt`);
    expect((await retrieval.app.get('/body', { url: `${retrieval.origin.url}/not-found` })).headers.get('pagewire-status')).toBe('404');
  });

  it("never passes a target's header fields on as its own", async () => {
    const { headers } = await retrieval.app.get('/body', { url: `${retrieval.origin.url}/active.html` });
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('refresh')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('access-control-allow-origin')).not.toBe('http://evil.example');
    const named = await retrieval.app.get('/body', { url: `${retrieval.origin.url}/named-download` });
    expect(named.headers.get('content-disposition')).not.toContain('/');
    expect(named.headers.get('content-disposition')).not.toContain('..');
  });

  it('undoes the content coding and gives the bytes as they are otherwise', async () => {
    const { bytes, headers } = await retrieval.app.get('/body', { url: `${retrieval.origin.url}/coding/zstd` });
    expect(bytes.toString()).toBe(CODED_PAGE);
    expect(headers.get('content-encoding')).toBeNull();
    const shiftJis = await retrieval.app.get('/body', { url: `${retrieval.origin.url}/encoding/shift_jis` });
    expect(shiftJis.bytes.includes(Buffer.from('82e082b582e0', 'hex'))).toBe(true);
  });

  it('answers a failed retrieval with a problem', async () => {
    const { status, json, headers } = await retrieval.app.get<Problem>('/body', { url: `${retrieval.origin.url}/coding/not-gzip` });
    expect([status, json.code]).toEqual([502, 'CONTENT_CODING_FAILED']);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('gives content that has no type', async () => {
    const { status, bytes } = await retrieval.app.get('/body', { url: `${retrieval.origin.url}/no-type/binary` });
    expect([status, bytes.toString('hex')]).toEqual([200, '00010203fffe0000']);
  });
});
