import { describe, expect, it } from '@jest/globals';
import { checkJson } from './json-body.ts';

const refused = expect.objectContaining({ code: 'INVALID_REQUEST' });

function check(text: string): () => void {
  return () => {
    checkJson(Buffer.from(text));
  };
}

describe('the check of a JSON body', () => {
  it.each([
    ['{"a":[1,{"b":"c"}]}'],
    [JSON.stringify({ text: '[{,'.repeat(50_000) })],
    [JSON.stringify({ text: '\\"[{'.repeat(50_000) })],
    ['{"a\\\\":"\\"[[["}'],
    ['not JSON at all'],
    ['"no end [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['],
    [''],
    [`${'['.repeat(32)}${']'.repeat(32)}`],
    [`[${'[],'.repeat(4990)}1]`],
  ])('has nothing to say against %#', (text) => {
    expect(check(text)).not.toThrow();
  });

  it.each([
    [`${'['.repeat(33)}${']'.repeat(33)}`, 'deeper'],
    ['['.repeat(1_000_000), 'deeper'],
    ['{"a":'.repeat(200_000), 'deeper'],
    [`{"\\\\":${'['.repeat(40)}`, 'deeper'],
    [`[${'0,'.repeat(11_001)}0]`, 'values'],
    [`{"a":[${'{},'.repeat(5501)}0]}`, 'values'],
  ])('refuses %#, with reason', (text, why) => {
    expect(check(text)).toThrow(refused);
    expect(check(text)).toThrow(why);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => {
      checkJson(Buffer.from('{"text":"\xff"}', 'latin1'));
    }).toThrow(refused);
  });
});
