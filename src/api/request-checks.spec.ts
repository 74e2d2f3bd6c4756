import { describe, expect, it } from '@jest/globals';
import { checkBody, checkDestination, checkForwarded, checkHost, checkNoQuery } from './request-checks.ts';

const refused = expect.objectContaining({ code: 'INVALID_REQUEST' });

describe('request checks', () => {
  it.each([[[]], [null], ['text'], [1], [undefined]])('refuse %j as a body', (body) => {
    expect(() => {
      checkBody(body);
    }).toThrow(refused);
  });

  it.each(['example.com', 'example.com:8080', '127.0.0.1:3000', '[::1]:3000', 'my_host'])('take the host %s', (host) => {
    expect(() => {
      checkHost(host);
    }).not.toThrow();
  });

  it('refuse a second Host', () => {
    expect(() => {
      checkHost('one', ['Host', 'one', 'Accept', '*/*', 'host', 'two']);
    }).toThrow(refused);
  });

  it.each(['', 'a b', 'a"<>', 'user@host', 'host:port', 'host:99999', 'a/b'])('refuse the host %j', (host) => {
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

  it.each(['', 'javascript', 'http://x', 'HTTPS:'])('refuse %j as the scheme that a proxy names', (protocol) => {
    expect(() => {
      checkForwarded(protocol);
    }).toThrow(refused);
  });

  it.each(['script', 'style', 'serviceworker', 'xslt'])('refuse to be loaded as a %s, but for the files of /console', (destination) => {
    expect(() => {
      checkDestination('/body?url=http://example.com/console/', destination);
    }).toThrow(refused);
    expect(() => {
      checkDestination('/console/assets/docs.css', destination);
    }).not.toThrow();
  });

  it.each([undefined, 'empty', 'document', 'image'])('let themselves be asked for as %j', (destination) => {
    expect(() => {
      checkDestination('/body?url=http://example.com/', destination);
    }).not.toThrow();
  });
});
