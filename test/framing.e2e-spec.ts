import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from './support/contract.ts';
import { startOrigin } from './support/origin-server.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';
import { brokenFraming, framing } from './support/scenarios/framing.ts';

describe('how a response is framed', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  it.each([
    ['/framing/chunked', 'hello world'],
    ['/framing/chunk-extensions', 'hello world'],
    ['/framing/trailers', 'hello'],
    ['/framing/until-close', 'ended by closing'],
    ['/framing/http-1.0', 'one point oh'],
    ['/framing/no-reason', 'hello'],
    ['/framing/no-reason-no-space', 'hello'],
    ['/framing/odd-reason', 'hello'],
    ['/framing/early-hints', 'after the hints'],
    ['/framing/large-head', 'hello'],
  ])('reads %s', async (path, text) => {
    const { body } = await retrieval.fetched(path);
    expect(body).toMatchObject({ text, bytes: text.length, transferBytes: text.length });
  });

  it('tells the fields that come after a content', async () => {
    const { exchanges, headers } = await retrieval.fetched('/framing/trailers');
    expect(exchanges[0]?.trailers).toEqual([{ name: 'X-Sum', value: '42' }]);
    expect(headers.map(({ name }) => name)).not.toContain('X-Sum');
  });

  it('tells the HTTP version and the reason phrase of the response, also when there is none', async () => {
    expect((await retrieval.fetched('/framing/http-1.0')).exchanges[0]?.httpVersion).toBe('1.0');
    expect((await retrieval.fetched('/framing/no-reason')).statusText).toBe('');
  });

  it('keeps the fields of informational responses apart from those of the final one', async () => {
    expect((await retrieval.fetched('/framing/early-hints')).headers.map(({ name }) => name)).not.toContain('Link');
  });

  it('uses a connection for several requests', async () => {
    const first = await retrieval.fetched('/framing/keep-alive', { cache: 'reload' });
    const second = await retrieval.fetched('/framing/keep-alive', { cache: 'reload' });
    expect(second.body.text).toBe(first.body.text);
  });

  it.each([
    ['/framing/short', 'MALFORMED_RESPONSE', 'download'],
    ['/framing/chunked-cut', 'MALFORMED_RESPONSE', 'download'],
    ['/framing/chunked-no-last', 'MALFORMED_RESPONSE', 'download'],
    ['/framing/bad-chunk-size', 'MALFORMED_RESPONSE', 'download'],
    ['/framing/bad-chunk-end', 'MALFORMED_RESPONSE', 'download'],
    ['/framing/huge-chunk-size', 'MALFORMED_RESPONSE', 'download'],
    ['/framing/two-lengths', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/bad-length', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/negative-length', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/http-0.9', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/garbage', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/smtp', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/http-9', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/status-20', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/status-2000', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/no-colon', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/nul-in-field', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/status-000', 'MALFORMED_RESPONSE', 'firstByte'],
    ['/framing/head-flood', 'RESPONSE_TOO_LARGE', 'firstByte'],
    ['/framing/field-flood', 'RESPONSE_TOO_LARGE', 'firstByte'],
    ['/framing/endless-head', 'RESPONSE_TOO_LARGE', 'firstByte'],
    ['/framing/early-hints-flood', 'RESPONSE_TOO_LARGE', 'firstByte'],
    ['/framing/reset-before-head', 'CONNECTION_RESET', 'firstByte'],
    ['/framing/reset-in-head', 'CONNECTION_RESET', 'firstByte'],
    ['/framing/reset-in-body', 'CONNECTION_RESET', 'download'],
    ['/framing/much-then-reset', 'CONNECTION_RESET', 'download'],
    ['/framing/much-then-close', 'MALFORMED_RESPONSE', 'download'],
  ])('says of %s that it is %s in phase %s', async (path, code, phase) => {
    const url = retrieval.origin.url + path;
    expect(await retrieval.refused(path)).toMatchObject({ status: 502, code, phase, url });
  });

  it.each(['/framing/close-at-once', '/framing/close-in-head'])('says of %s that the connection ended too early', async (path) => {
    const { code, phase } = await retrieval.refused(path);
    expect(['CONNECTION_RESET', 'MALFORMED_RESPONSE']).toContain(code);
    expect(phase).toBe('firstByte');
  });

  it.each([
    ['/framing/silence', 'firstByte'],
    ['/framing/silence-in-head', 'firstByte'],
    ['/framing/drip-head', 'firstByte'],
    ['/framing/early-hints-slowly', 'firstByte'],
    ['/framing/silence-in-body', 'download'],
    ['/framing/drip', 'download'],
    ['/slow?ms=60000', 'firstByte'],
  ])('says of %s in which phase the time ran out', async (path, phase) => {
    expect(await retrieval.refused(path, { timeoutMs: 400 })).toMatchObject({
      status: 504,
      code: 'TARGET_TIMEOUT',
      phase,
      retryable: true,
    });
  });

  it('does not let redirects win time', async () => {
    const hop = `${retrieval.origin.url}/slow?ms=60000`;
    expect(await retrieval.refused(`/redirect/to?to=${encodeURIComponent(hop)}`, { timeoutMs: 400 })).toMatchObject({
      code: 'TARGET_TIMEOUT',
    });
  });

  it.each(['/framing/endless-body', '/framing/endless-chunks', '/framing/endless-page'])('does not read %s to its end', async (path) => {
    expect(await retrieval.refused(path)).toMatchObject({ status: 502, code: 'RESPONSE_TOO_LARGE', phase: 'download' });
  });

  it('is never brought down, whatever an origin sends', async () => {
    const all = Object.keys({ ...framing, ...brokenFraming });
    const answers = await Promise.all(
      all.map((path) => retrieval.app.get<Problem>('/fetch', { url: retrieval.origin.url + path, timeoutMs: 2000 })),
    );
    const unexpected = answers
      .map(({ status }, index) => `${all[index] ?? ''} ${String(status)}`)
      .filter((line) => !/ (200|502|503|504)$/.test(line));
    expect(unexpected).toEqual([]);
    expect((await retrieval.app.get('/health/live')).status).toBe(200);
  });

  it('says that nobody listens', async () => {
    const gone = await startOrigin();
    await gone.close();
    const { status, json } = await retrieval.app.get<Problem>('/fetch', { url: gone.url });
    expect([status, json.code, json.phase, json.retryable]).toEqual([502, 'CONNECTION_REFUSED', 'tcp', true]);
  });
});
