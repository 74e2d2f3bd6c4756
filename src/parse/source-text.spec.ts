import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '../../test/support/property.ts';
import { StringText, Utf8Text } from './source-text.ts';

const character = fc.constantFrom('a', 'b', '\n', '\r', '\r\n', 'é', '日', '😀', ' ');

describe('the text of a page, by bytes', () => {
  it('has the characters and the positions that it has decoded, in whatever order they are asked for', () => {
    fc.assert(
      fc.property(
        fc.array(character, { minLength: 1, maxLength: 30 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
        (all, picks) => {
          const text = all.join('');
          const [decoded, bytes] = [new StringText(text), new Utf8Text(Buffer.from(text))];
          const before = (count: number): string => all.slice(0, count).join('');
          for (const pick of picks) {
            const count = pick % (all.length + 1);
            const [unit, byte] = [before(count).length, Buffer.byteLength(before(count))];
            expect(bytes.position(byte)).toEqual(decoded.position(unit));
            expect(bytes.slice(0, byte)).toBe(decoded.slice(0, unit));
            expect(bytes.slice(byte, bytes.units.length)).toBe(decoded.slice(unit, text.length));
          }
        },
      ),
      runs(1000),
    );
  });

  it('has all that is ASCII where it is', () => {
    expect(new Utf8Text(Buffer.from('<a>é</a>')).units).toMatch(/^<a>..<\/a>$/);
  });
});
