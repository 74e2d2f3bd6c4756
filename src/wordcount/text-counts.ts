import { countCodePoints, countGraphemes } from '../encode/code-points.ts';
import type { SourceText } from './source-text.ts';
import type { TextCounts } from './wordcount.model.ts';

/**
 * The text as it is read: where it is not laid out, a single line break is where a line was full, and becomes a space. No offset changes.
 */
export function unwrapped({ text, isLaidOut }: SourceText): string {
  if (isLaidOut || !/[\n\r]/.test(text)) return text;
  // In place: a list of all line breaks may be larger than the text.
  const encoding = /[^\0-\xff]/.test(text) ? 'utf16le' : 'latin1';
  const bytes = Buffer.alloc(encoding === 'latin1' ? text.length : 2 * text.length);
  bytes.write(text, encoding);
  unwrap(encoding === 'latin1' ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, text.length));
  return bytes.toString(encoding);
}

/** Makes spaces of the line breaks that stand between two lines with text, and line feeds of all others. */
function unwrap(units: Uint8Array | Uint16Array): void {
  let hasText = false;
  // The last line break, where nothing but white space came after it, and a line with text before it.
  let wrap = -1;
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] ?? 0;
    if (unit === 0x0d && units[i + 1] === 0x0a) {
      units[i] = 0x20;
    } else if (unit === 0x0d || unit === 0x0a) {
      units[i] = 0x0a;
      wrap = hasText ? i : -1;
      hasText = false;
    } else if (unit > 0x20 && unit !== 0xa0 && unit !== 0x3000) {
      if (wrap !== -1) units[wrap] = 0x20;
      wrap = -1;
      hasText = true;
    }
  }
}

/** What a text has besides words. `read` is the text {@link unwrapped}. */
export function countText(text: string, read: string, locale: string): Omit<TextCounts, 'words'> {
  return {
    graphemes: countGraphemes(text),
    codePoints: countCodePoints(text),
    sentences: countSentences(read, locale),
    paragraphs: countParagraphs(read),
  };
}

/** https://unicode.org/reports/tr29/#Sentence_Boundaries */
export function sentencesOf(read: string, locale: string): Intl.Segments {
  if (segmenter?.resolvedOptions().locale !== locale) segmenter = new Intl.Segmenter(locale, { granularity: 'sentence' });
  return segmenter.segment(read);
}

/** The last one: another takes longer to make than most texts to segment. */
let segmenter: Intl.Segmenter | undefined;

function countSentences(read: string, locale: string): number {
  let count = 0;
  for (const { segment } of sentencesOf(read, locale)) if (/[\p{L}\p{N}]/u.test(segment)) count++;
  return count;
}

/** Lines with a letter or a digit in them. */
function countParagraphs(read: string): number {
  const letter = /[\p{L}\p{N}]/gu;
  let count = 0;
  while (letter.test(read)) {
    count++;
    const end = read.indexOf('\n', letter.lastIndex);
    if (end === -1) break;
    letter.lastIndex = end;
  }
  return count;
}
