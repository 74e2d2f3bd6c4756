import { describe, expect, it } from '@jest/globals';
import { checkBody, checkHost, checkNoQuery } from './request-checks.ts';

const refused = expect.objectContaining({ code: 'INVALID_REQUEST' });

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return { a: value };
}

describe('request checks', () => {
  it.each([[[]], [null], ['text'], [1], [undefined]])('refuse %j as a body', (body) => {
    expect(() => {
      checkBody(body);
    }).toThrow(refused);
  });

  it('take a body as deep as any parameter, and refuse one that is deeper than they would follow', () => {
    expect(() => {
      checkBody(nested(10));
    }).not.toThrow();
    expect(() => {
      checkBody(nested(100_000));
    }).toThrow(refused);
  });

  it.each(['example.com', 'example.com:8080', '127.0.0.1:3000', '[::1]:3000', 'my_host'])('take the host %s', (host) => {
    expect(() => {
      checkHost(host);
    }).not.toThrow();
  });

  it.each(['', 'a b', 'a"<>', 'user@host', 'host:port', 'a/b'])('refuse the host %j', (host) => {
    expect(() => {
      checkHost(host);
    }).toThrow(refused);
  });

  it('name the query parameter that a POST has', () => {
    expect(() => {
      checkNoQuery({ limit: '1' }, 'goes elsewhere');
    }).toThrow(expect.objectContaining({ errors: [{ parameter: 'limit', message: expect.stringContaining('goes elsewhere') }] }));
    expect(() => {
      checkNoQuery({}, 'goes elsewhere');
    }).not.toThrow();
  });
});
