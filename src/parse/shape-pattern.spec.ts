import { describe, expect, it } from '@jest/globals';
import { compilePattern } from './shape-pattern.ts';

describe('the regular expression of a value', () => {
  it.each([
    ['\\d+', 'rev. 7 of 12', '7'],
    ['rev\\. (\\d+) of (\\d+)', 'rev. 7 of 12', '7'],
    ['(?:rev\\. )(\\d+)', 'rev. 7', '7'],
    ['(?P<n>\\d+)|x', 'x', null],
    ['(?i)REV', 'rev', 'rev'],
    ['^$', '', ''],
    ['\\p{Greek}+', 'abc λόγος', 'λόγος'],
    ['😀(.)', '😀😁', '😁'],
    ['z', 'abc', null],
  ])('%j takes of %j %j', (expression, text, captured) => {
    expect(compilePattern(expression).capture(text)).toBe(captured);
  });

  it.each([
    ['(a', /^is no regular expression of RE2: missing closing \): `\(a`$/],
    ['a(?=b)', /has no look-around/],
    ['(?<!a)b', /has no look-around/],
    ['(a)\\1', /has no references back/],
    ['*', /a character that is meant itself has a backslash before it/],
    ['a{2000}', /invalid repeat count/],
    ['(?:a{30}){30}'.repeat(12), /^repeats too much/],
    ['a'.repeat(1001), /^must have at most 1000 characters$/],
  ])('%j is refused', (expression, message) => {
    expect(() => compilePattern(expression)).toThrow(message);
  });

  // An engine that goes back on its steps would not come to an end.
  it.each(['(a+)+$', '(a|a)*$', '(a|aa)+$', '(.*a){12}$', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
    '%j takes no longer than its text',
    (expression) => {
      expect(compilePattern(expression).capture(`${'a'.repeat(20_000)}!`)).toBeNull();
    },
  );
});
