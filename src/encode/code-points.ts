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
  return { graphemes: countGraphemes(text), codePoints: countCodePoints(text), codeUnits: text.length };
}

/** Without the list that {@link codePointsOf} makes of them. */
export function countCodePoints(text: string): number {
  let pairs = 0;
  for (let i = 0; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) pairs++;
  }
  return text.length - pairs;
}

/**
 * How many user-perceived characters a text has. There is a boundary between any two {@link STANDALONE} characters (but for CR LF), and no rule looks back
 * beyond one: only what lies around other characters is segmented, which is some ten times as fast for most texts.
 *
 * https://www.unicode.org/reports/tr29/#Grapheme_Cluster_Boundary_Rules
 */
export function countGraphemes(text: string): number {
  const isStandalone = (standalone ??= standaloneUnits());
  let graphemes = text === '' ? 0 : 1;
  // Where the part begins that has to be segmented, the last character in it that stands not alone, and the CR LF behind that.
  let start = -1;
  let last = -1;
  let lineBreaks = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isStandalone[unit] === 0) {
      if (start === -1) start = Math.max(0, i - 1);
      last = i;
      lineBreaks = 0;
      continue;
    }
    const isLineBreak = unit === LINE_FEED && text.charCodeAt(i - 1) === CARRIAGE_RETURN;
    if (start === -1) {
      if (i > 0 && !isLineBreak) graphemes++;
      continue;
    }
    if (isLineBreak) lineBreaks++;
    if (i - last <= SEGMENTED_GAP) continue;
    graphemes += count(segmentsOf(text.slice(start, last + 2))) + i - last - 2 - lineBreaks;
    start = -1;
  }
  return start === -1 ? graphemes : graphemes + count(segmentsOf(text.slice(start))) - 1;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Characters, by code unit, that begin a cluster unless one stands before them that is not among them, and end it unless one follows. */
const STANDALONE = [
  [0x00, 0x1f],
  [0x20, 0x7e],
  [0xa0, 0x2ff],
  [0x370, 0x377],
  [0x386, 0x482],
  [0x48a, 0x52f],
  [0x5d0, 0x5ea],
  [0x620, 0x64a],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x20a0, 0x20bf],
  [0x2100, 0x2bff],
  [0x3000, 0x3029],
  [0x3041, 0x3096],
  [0x30a0, 0x30ff],
  [0x3400, 0x9fff],
  [0xac00, 0xd7a3],
  [0xff01, 0xff9d],
] as const;

/** So few of them between two others are segmented too: a part costs more than a character. */
const SEGMENTED_GAP = 64;

let standalone: Uint8Array | undefined;

function standaloneUnits(): Uint8Array {
  const units = new Uint8Array(0x10000);
  for (const [first, last] of STANDALONE) units.fill(1, first, last + 1);
  return units;
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
