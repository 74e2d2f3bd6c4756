import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText, runs } from '../../test/support/property.ts';
import { jsonBytes } from './json-bytes.ts';

describe('the JSON of an answer', () => {
  it('is what JSON.stringify makes of it', () => {
    const value = fc.oneof(anyText, fc.double(), fc.boolean(), fc.constantFrom(null, undefined), fc.array(anyText, { maxLength: 3 }));
    const list = fc.tuple(fc.array(value, { minLength: 1, maxLength: 5 }), fc.nat(100)).map(([few, count]) => {
      return Array.from({ length: count }, (_, index) => ({ index, value: few[index % few.length] }));
    });
    fc.assert(
      fc.property(fc.dictionary(anyText, fc.oneof(value, list), { maxKeys: 4 }), (answer) => {
        expect(jsonBytes(answer).toString()).toBe(JSON.stringify(answer));
      }),
      runs(500),
    );
  });

  it('is whole, however long it is, and whatever was written before', () => {
    for (const length of [0, 31, 32, 33, 64, 50_000, 1]) {
      const answer = { total: length, list: Array.from({ length }, (_, index) => ({ text: 'é\n'.repeat(20), index })), next: null };
      expect(jsonBytes(answer).toString()).toBe(JSON.stringify(answer));
    }
  });
});
