import { describe, expect, it } from '@jest/globals';
import { validate } from 'class-validator';
import fc from 'fast-check';
import { anyText, runs } from '../../test/support/property.ts';
import { EncodeArgs } from '../encode/encode.args.ts';
import { TargetBody } from '../fetch/fetch.args.ts';
import { LinksArgs, SelectArgs } from '../parse/parse.args.ts';
import { isSurelyValid } from './sure-validity.setup.ts';

const TYPES = [LinksArgs, SelectArgs, EncodeArgs, TargetBody] as const;
const NAMES = [
  'url',
  'snapshot',
  'timeoutMs',
  'limit',
  'offset',
  'kind',
  'rel',
  'text',
  'selector',
  'insecureTls',
  'method',
  'headers',
  'nobody',
];
const value = fc.oneof(
  fc.constantFrom(undefined, null, 'http://example.com/', 'external', 'GET', 1, 10, 0, -1, 2.5, NaN, true, 'x', '', ['a'], [1], [], {}, [
    { name: 'a', value: 'b' },
  ]),
  anyText,
);

describe('what is surely valid', () => {
  it('is valid, whatever it is', async () => {
    let sure = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...TYPES), fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 3 }), async (Type, given) => {
        const object = Object.assign(new Type(), given);
        if (!isSurelyValid(object)) return;
        sure++;
        expect(await validate(object, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true })).toEqual([]);
      }),
      runs(3000),
    );
    expect(sure).toBeGreaterThan(100);
  });

  it('is an ordinary request', () => {
    expect(isSurelyValid(Object.assign(new LinksArgs(), { url: 'http://example.com/', kind: 'external', limit: 10 }))).toBe(true);
    expect(isSurelyValid(Object.assign(new LinksArgs(), { url: 'http://example.com/', limit: 0 }))).toBe(false);
    expect(isSurelyValid(Object.assign(new LinksArgs(), { url: 'http://example.com/', nobody: 1 }))).toBe(false);
    expect(isSurelyValid({})).toBe(false);
  });
});
