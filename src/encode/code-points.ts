import type { PageOptions } from '../api/list-page.ts';
import { characterName } from './character-names.ts';
import { characterProperties } from './character-properties.ts';
import type { Character, Grapheme, TextLength } from './encode.model.ts';
import { encode, toHex } from './utf.ts';

let segmenter: Intl.Segmenter | undefined;

/**
 * How long a text is by three measures; a lone surrogate is a code point of its own.
 *
 * https://www.unicode.org/reports/tr29/#Grapheme_Cluster_Boundaries
 */
export function textLength(text: string): TextLength {
  return { graphemes: count(segmentsOf(text)), codePoints: countCodePoints(text), codeUnits: text.length };
}

/** Without the list that {@link codePointsOf} makes of them. */
export function countCodePoints(text: string): number {
  return count(text);
}

function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/**
 * The user-perceived characters of a text that begin in a part of it.
 *
 * https://www.unicode.org/reports/tr29/#Grapheme_Cluster_Boundaries
 *
 * @param page - `limit` and `offset` count code points
 */
export function graphemesOf(text: string, { limit = Infinity, offset }: PageOptions): Grapheme[] {
  const graphemes: Grapheme[] = [];
  let at = 0;
  for (const { segment } of segmentsOf(text)) {
    if (at >= offset + limit) break;
    const codePoints = Array.from(segment, (character) => notation(character.codePointAt(0) ?? 0));
    if (at >= offset) graphemes.push({ text: segment, offset: at, codePoints });
    at += codePoints.length;
  }
  return graphemes;
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
    codePoint: notation(decimal),
    decimal,
    name: characterName(decimal),
    ...characterProperties(decimal),
    utf8: toHex(encode(scalar, 'UTF-8').bytes),
    utf16: Array.from({ length: scalar.length }, (_, index) => hexDigits(scalar.charCodeAt(index), 4)).join(''),
    utf32: hexDigits(scalar.codePointAt(0) ?? 0, 8),
  };
}

/** A text's code points as Unicode writes them, with a space between them: `U+00CA U+0304`; null for no text. */
export function codePointNotation(text: string): string | null {
  return text === '' ? null : Array.from(text, (character) => notation(character.codePointAt(0) ?? 0)).join(' ');
}

function notation(codePoint: number): string {
  return `U+${hexDigits(codePoint, 4).toUpperCase()}`;
}

function hexDigits(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
