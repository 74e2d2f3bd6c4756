import { characterName } from './character-names.ts';
import type { Character, TextLength } from './encode.model.ts';
import { encode, toHex } from './utf.ts';

let segmenter: Intl.Segmenter | undefined;

/**
 * How long a text is by three measures; a lone surrogate is a code point of its own.
 *
 * https://www.unicode.org/reports/tr29/#Grapheme_Cluster_Boundaries
 */
export function textLength(text: string): TextLength {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return { graphemes: count(segmenter.segment(text)), codePoints: count(text), codeUnits: text.length };
}

function count(entries: Iterable<unknown>): number {
  const iterator = entries[Symbol.iterator]();
  let number = 0;
  while (iterator.next().done !== true) number += 1;
  return number;
}

/** A text's code points, each as a string; a lone surrogate stands by itself. */
export function codePointsOf(text: string): string[] {
  return Array.from(text);
}

/**
 * What there is to say about one code point. A lone surrogate has no bytes of its own: they are those of U+FFFD.
 *
 * @param character - a string of one code point
 */
export function describeCharacter(character: string): Character {
  const decimal = character.codePointAt(0) ?? 0;
  const scalar = character.toWellFormed();
  return {
    character,
    codePoint: `U+${hexDigits(decimal, 4).toUpperCase()}`,
    decimal,
    name: characterName(decimal),
    utf8: toHex(encode(scalar, 'UTF-8').bytes),
    utf16: Array.from({ length: scalar.length }, (_, index) => hexDigits(scalar.charCodeAt(index), 4)).join(''),
    utf32: hexDigits(scalar.codePointAt(0) ?? 0, 8),
  };
}

function hexDigits(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
