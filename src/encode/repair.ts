import { isUtf8 } from 'node:buffer';
import { TextDecoder } from '@exodus/bytes/encoding.js';

/** What a text seems to have gone through: proposed, never applied. */
export interface EncodingRepair {
  /** The encoding that the bytes seem to have been read in. */
  from: string;
  /** The encoding that they seem to be in. */
  to: string;
  /** The first piece of the text that would change, as it would read. */
  sample: string;
}

/** Characters of windows-1252 by byte, from 0x80 on: those that stand for what is no ASCII in UTF-8. */
const CHARACTERS = Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 128 }, (_, index) => 0x80 + index)));
const BYTES = new Map(CHARACTERS.map((character, index) => [character, 0x80 + index]));

const classOf = (first: number, last: number): string => `[${CHARACTERS.slice(first - 0x80, last - 0x80 + 1).join('')}]`;
const TRAIL = classOf(0x80, 0xbf);
const SEQUENCE = `${classOf(0xc2, 0xdf)}${TRAIL}|${classOf(0xe0, 0xef)}${TRAIL}{2}|${classOf(0xf0, 0xf4)}${TRAIL}{3}`;
const SEQUENCES = new RegExp(SEQUENCE, 'g');
const ALL = new RegExp(classOf(0x80, 0xff), 'g');

/** Sequences that, alone in a text, are hardly ever meant: those of Latin letters and of punctuation. */
const TELLING = /^[ÂÃâ]/;
/** So many sequences say enough: the rest of the text is not read. */
const MOST_SEQUENCES = 10_000;
/** Code units of the sample on either side of what changes. */
const CONTEXT = 20;

/**
 * Proposes to read a text as UTF-8 where it looks like UTF-8 that was read as windows-1252 (`cafÃ©`), once or once more than
 * it should have been: where most of its characters that windows-1252 has beyond ASCII belong to UTF-8 sequences, and either
 * there are two of those, or the one begins with Â, Ã or â. Null where it does not. Takes time in proportion to the text.
 *
 * https://www.unicode.org/versions/Unicode17.0.0/core-spec/chapter-3/#G27506 (table 3-7)
 */
export function proposeRepair(text: string): EncodingRepair | null {
  let first: { index: number; length: number } | null = null;
  let sequences = 0;
  let within = 0;
  let end = text.length;
  for (const { 0: sequence, index } of text.matchAll(SEQUENCES)) {
    if (repaired(sequence) === null) continue;
    first ??= { index, length: sequence.length };
    sequences += 1;
    within += sequence.length;
    if (sequences === MOST_SEQUENCES) {
      end = index + sequence.length;
      break;
    }
  }
  if (first === null || (sequences === 1 && !TELLING.test(text.slice(first.index)))) return null;
  let all = 0;
  for (const match of text.slice(0, end).matchAll(ALL)) all += match[0].length;
  return within * 2 > all ? { from: 'windows-1252', to: 'UTF-8', sample: sampleAround(text, first) } : null;
}

/** The character that a sequence stands for; null where it is no valid UTF-8, or a control. */
function repaired(sequence: string): string | null {
  const bytes = Uint8Array.from(sequence, (character) => BYTES.get(character) ?? 0);
  if (!isUtf8(bytes)) return null;
  const character = Buffer.from(bytes).toString('utf8');
  return /\p{Cc}/u.test(character) ? null : character;
}

/** What stands around the sequence in its line or tag, repaired. */
function sampleAround(text: string, { index, length }: { index: number; length: number }): string {
  const before = /[^\n\r<>]*$/.exec(text.slice(Math.max(0, index - CONTEXT), index))?.[0] ?? '';
  const after = /^[^\n\r<>]*/.exec(text.slice(index + length, index + length + CONTEXT))?.[0] ?? '';
  const piece = `${before}${text.slice(index, index + length)}${after}`;
  return piece.replace(SEQUENCES, (sequence) => repaired(sequence) ?? sequence).toWellFormed();
}
