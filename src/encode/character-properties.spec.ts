import { describe, expect, it } from '@jest/globals';
import { characterProperties } from './character-properties.ts';

describe('characterProperties', () => {
  it.each([
    [0x0, 'Cc', 'Common', 'Basic_Latin'],
    [0x48, 'Lu', 'Latin', 'Basic_Latin'],
    [0x7f, 'Cc', 'Common', 'Basic_Latin'],
    [0xa0, 'Zs', 'Common', 'Latin_1_Supplement'],
    [0x301, 'Mn', 'Inherited', 'Combining_Diacritical_Marks'],
    [0x378, 'Cn', 'Unknown', 'Greek_And_Coptic'],
    [0x3082, 'Lo', 'Hiragana', 'Hiragana'],
    [0xd83d, 'Cs', 'Unknown', 'High_Surrogates'],
    [0xe000, 'Co', 'Unknown', 'Private_Use_Area'],
    [0x1f600, 'So', 'Common', 'Emoticons'],
    [0x2fe0, 'Cn', 'Unknown', 'No_Block'],
    [0x10ffff, 'Cn', 'Unknown', 'Supplementary_Private_Use_Area_B'],
  ])('of %x are %s, %s, %s', (codePoint, category, script, block) => {
    expect(characterProperties(codePoint)).toEqual({ category, script, block });
  });

  it('agree with the regular expressions of a runtime of the same Unicode', () => {
    expect(process.versions['unicode']).toBe('17.0');
    const mistaken: string[] = [];
    const tests = new Map<string, RegExp>();
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += codePoint < 0x20000 ? 1 : 97) {
      const { category, script } = characterProperties(codePoint);
      const pattern = `^(?=\\p{gc=${category}})\\p{sc=${script}}$`;
      const test = tests.get(pattern) ?? new RegExp(pattern, 'u');
      tests.set(pattern, test);
      if (!test.test(String.fromCodePoint(codePoint))) mistaken.push(`${codePoint.toString(16)} ${pattern}`);
    }
    expect(mistaken).toEqual([]);
  });
});
