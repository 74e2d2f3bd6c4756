import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText, runs, soupOf } from '../../test/support/property.ts';
import { FetchError } from './fetch-error.ts';
import { parseLocation, parseTargetUrl } from './target-url.ts';

const urlLike = fc.oneof(
  anyText,
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  soupOf([
    'http',
    'https',
    'HTTP',
    'ftp',
    ':',
    '//',
    '/',
    '\\',
    '@',
    '?',
    '#',
    '.',
    '[',
    ']',
    '::1',
    '127.0.0.1',
    'example.com',
    'user',
    '%',
    '%40',
    ' ',
    '\t',
    '\n',
    ':80',
    '..',
  ]),
);

const BASE = new URL('http://origin.example/from/here?q#part');

/** What a function gives, or the code it throws; any other error fails the test. */
function outcome(read: () => URL): URL | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof FetchError) return error.code;
    throw error;
  }
}

describe('a target URL', () => {
  it('is http or https without userinfo, or INVALID_REQUEST, and reads the same again', () => {
    fc.assert(
      fc.property(urlLike, (text) => {
        const url = outcome(() => parseTargetUrl(text));
        if (!(url instanceof URL)) {
          expect(url).toBe('INVALID_REQUEST');
          return;
        }
        expect(['http:', 'https:']).toContain(url.protocol);
        expect([url.username, url.password]).toEqual(['', '']);
        expect(url.hostname).not.toBe('');
        // eslint-disable-next-line no-control-regex -- what must not be there
        expect(text).not.toMatch(/[\u0000-\u001f\u007f\\]/);
        expect(parseTargetUrl(url.href).href).toBe(url.href);
      }),
      runs(1500),
    );
  });

  it('is never one with userinfo, however empty', () => {
    const part = fc.stringMatching(/^[a-z0-9.:%]{0,8}$/);
    fc.assert(
      fc.property(fc.constantFrom('http://', 'https://', 'HTTP:///', 'http:/', 'http:', ' http:////'), part, part, (scheme, user, rest) => {
        const text = `${scheme}${user}@example.com/${rest}`;
        const url = outcome(() => parseTargetUrl(text));
        expect([text, url instanceof URL ? url.href : url]).toEqual([text, 'INVALID_REQUEST']);
      }),
      runs(500),
    );
  });
});

describe('the Location of a redirect', () => {
  it.each(['https:user@example.com/', 'https:/user@example.com/', '//@example.com/', '///@example.com/', 'http://:@example.com/'])(
    'is forbidden when it has userinfo in it: %s',
    (text) => {
      expect(outcome(() => parseLocation(text, BASE))).toBe('TARGET_FORBIDDEN');
    },
  );

  it.each([
    ['http:there@home', 'http://origin.example/from/there@home'],
    ['http:/there@home', 'http://origin.example/there@home'],
    ['/there@home', 'http://origin.example/there@home'],
    ['?to=//there@home', 'http://origin.example/from/here?to=//there@home'],
  ])('may have an @ elsewhere: %s', (text, href) => {
    expect(parseLocation(text, BASE).href).toBe(`${href}#part`);
  });

  it('leads to http or https without userinfo, is forbidden or malformed', () => {
    fc.assert(
      fc.property(urlLike, (text) => {
        const url = outcome(() => parseLocation(text, BASE));
        if (!(url instanceof URL)) {
          expect(['TARGET_FORBIDDEN', 'MALFORMED_RESPONSE']).toContain(url);
          return;
        }
        expect(['http:', 'https:']).toContain(url.protocol);
        expect([url.username, url.password]).toEqual(['', '']);
      }),
      runs(1500),
    );
  });
});
