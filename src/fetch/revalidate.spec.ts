import { describe, expect, it } from '@jest/globals';
import type { Exchange } from './exchange.ts';
import type { HeaderField } from './field-lines.ts';
import { conditionalFields, confirms, freshened } from './revalidate.ts';

function exchange(status: number, fields: Record<string, string>): Exchange {
  const headers: HeaderField[] = Object.entries(fields).map(([name, value]) => ({ name, value }));
  return { status, headers } as unknown as Exchange;
}

describe('revalidation', () => {
  it('asks by both validators, the ETag as it stands', () => {
    expect(conditionalFields(exchange(200, { etag: 'W/"a"', 'Last-Modified': 'then' }))).toEqual([
      { name: 'If-None-Match', value: 'W/"a"' },
      { name: 'If-Modified-Since', value: 'then' },
    ]);
    expect(conditionalFields(exchange(200, { ETag: '', Date: 'now' }))).toEqual([]);
  });

  it.each<[what: string, fields: Record<string, string>, stored: Record<string, string>, expected: boolean]>([
    ['the same strong tag', { ETag: '"a"' }, { etag: '"a"' }, true],
    ['another strong tag', { ETag: '"b"' }, { etag: '"a"' }, false],
    ['a strong tag for a weak one', { ETag: '"a"' }, { etag: 'W/"a"' }, false],
    ['a weak tag for a strong one', { ETag: 'W/"a"' }, { etag: '"a"' }, true],
    ['a tag for none', { ETag: '"a"' }, { 'last-modified': 'then' }, false],
    ['the same Last-Modified', { 'Last-Modified': 'then' }, { 'last-modified': 'then' }, true],
    ['another Last-Modified', { 'Last-Modified': 'later' }, { 'last-modified': 'then' }, false],
    ['no validator at all', {}, { etag: '"a"', 'last-modified': 'then' }, true],
  ])('takes a 304 with %s as it is', (_what, fields, stored, expected) => {
    expect(confirms(exchange(304, fields), exchange(200, stored))).toBe(expected);
  });

  it('takes nothing but a 304 for a confirmation', () => {
    expect(confirms(exchange(200, { etag: '"a"' }), exchange(200, { etag: '"a"' }))).toBe(false);
  });

  it('leaves out what belongs to the connection of the 304', () => {
    const fields = {
      Connection: 'close, X-Hop',
      'X-Hop': '1',
      'Transfer-Encoding': 'chunked',
      'Content-Length': '0',
      'Cache-Control': 'public',
    };
    const { status, headers } = freshened(
      exchange(200, { 'cache-control': 'no-cache', date: 'old', 'content-length': '9' }),
      exchange(304, fields),
    );
    expect(status).toBe(200);
    expect(headers).toEqual([
      { name: 'content-length', value: '9' },
      { name: 'Cache-Control', value: 'public' },
    ]);
  });
});
