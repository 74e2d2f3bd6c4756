import { describe, expect, it } from '@jest/globals';
import { firstJsonFault } from './json-fault.ts';

describe('firstJsonFault', () => {
  it.each([
    ['{"a":}', 5],
    ['{"a" 1}', 5],
    ['{"a":1,}', 7],
    ["{'a':1}", 1],
    ['{"a":1}x', 7],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['[}', 1],
    ['"a\nb"', 2],
    ['"\\x"', 2],
    ['"\\u12"', 2],
    ['01', 1],
    ['+1', 0],
    ['nul', 0],
    ['', 0],
    ['{', 1],
    ['["a', 3],
    ['<!-- {} -->', 0],
  ])('finds what is wrong with %j at %i', (text, offset) => {
    expect(firstJsonFault(text)).toBe(offset);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  it.each(['{}', ' [ ] ', '{"a":[1,-0.5e+3,true,false,null,"\\u00e9\\n"],"b":{}}', '"x"', '0'])('finds nothing wrong with %j', (text) => {
    expect(firstJsonFault(text)).toBeNull();
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  it('goes as deep as the text', () => {
    expect(firstJsonFault('['.repeat(1_000_000))).toBe(1_000_000);
  });
});
