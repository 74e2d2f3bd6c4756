import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pairedLines } from '../console/line-differences.ts';
import { runs } from './support/property.ts';

const pairs = (left: string, right: string): string[] =>
  pairedLines([...left], [...right]).map((pair) => `${left[pair.left ?? -1] ?? '-'}${right[pair.right ?? -1] ?? '-'}`);

describe('the lines of two texts', () => {
  it('are paired where both have them, and what one has instead stands beside', () => {
    expect(pairs('abcd', 'abxcd')).toEqual(['aa', 'bb', '-x', 'cc', 'dd']);
    expect(pairs('abcd', 'ayd')).toEqual(['aa', 'by', 'c-', 'dd']);
    expect(pairs('', 'a')).toEqual(['-a']);
    expect(pairs('abcabba', 'cbabac').filter(([one, other]) => one === other)).toHaveLength(4);
  });

  it('are all there, each once and in order, and those that are paired are equal', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 });
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const found = pairedLines(left, right);
        expect(found.flatMap((pair) => (pair.left === null ? [] : [pair.left]))).toEqual(left.map((_, index) => index));
        expect(found.flatMap((pair) => (pair.right === null ? [] : [pair.right]))).toEqual(right.map((_, index) => index));
        for (const { kind, left: one, right: other } of found) if (kind === 'same') expect(left[one ?? -1]).toBe(right[other ?? -1]);
      }),
      runs(300),
    );
  });

  it('are told soon, also of texts that have nothing in common', () => {
    const text = (name: string): string[] => Array.from({ length: 20_000 }, (_, index) => `${name} ${String(index)}`);
    expect(pairedLines(text('one'), text('other'))).toHaveLength(20_000);
  });
});
