import { pageOf, type PageOptions } from '../api/list-page.ts';
import { countGraphemes } from '../encode/code-points.ts';
import { toCasefold } from './case-folding.ts';
import { sentencesOf } from './text-counts.ts';
import { type Tokenization, visitWords } from './tokens.ts';
import type { WordFrequency, WordOrder } from './wordcount.model.ts';

/** Which words are counted, and as what. */
export interface CountedAs extends Tokenization {
  fold: boolean;
  /** Grapheme clusters of the shortest word that is counted. */
  minLength: number;
  /** Folded. */
  stopWords: ReadonlySet<string>;
  /** How many words make an entry. */
  ngrams: number;
}

/** How often each word occurs. */
export interface Frequencies {
  /** Words of the text, those that are left out included. */
  words: number;
  /** Entries counted, repetitions included. */
  total: number;
  /** In the order of first sight. In a Map, where `__proto__` is a word like others. */
  counts: Map<string, number>;
}

/** Counts the words of a text, or its phrases. `read` is the text as its sentences are found, of the same length. */
export function countWords(text: string, read: string, options: CountedAs): Frequencies {
  return options.ngrams === 1 ? countSingly(text, options) : countPhrases(text, read, options);
}

function countSingly(text: string, options: CountedAs): Frequencies {
  const written = new Map<string, number>();
  let words = 0;
  visitWords(text, options, (word) => {
    words++;
    written.set(word, (written.get(word) ?? 0) + 1);
  });
  if (!options.fold && options.minLength === 1 && options.stopWords.size === 0) return { words, total: words, counts: written };
  const counts = new Map<string, number>();
  let total = 0;
  for (const [word, times] of written) {
    const counted = countedAs(word, options);
    if (counted === null) continue;
    total += times;
    counts.set(counted, (counts.get(counted) ?? 0) + times);
  }
  return { words, total, counts };
}

/** A phrase ends with its sentence, and where a word is left out: no words are joined that do not follow one another. */
function countPhrases(text: string, read: string, options: CountedAs): Frequencies {
  const counts = new Map<string, number>();
  const known = new Map<string, string | null>();
  const sentences = sentencesOf(read, options.locale)[Symbol.iterator]();
  let sentenceEnd = 0;
  let phrase: string[] = [];
  let words = 0;
  let total = 0;
  visitWords(text, options, (word, index) => {
    words++;
    while (index >= sentenceEnd) {
      const { value, done } = sentences.next();
      sentenceEnd = done === true ? Infinity : value.index + value.segment.length;
      phrase = [];
    }
    let counted = known.get(word);
    if (counted === undefined) known.set(word, (counted = countedAs(word, options)));
    if (counted === null) {
      phrase = [];
      return;
    }
    phrase.push(counted);
    if (phrase.length > options.ngrams) phrase.shift();
    if (phrase.length < options.ngrams) return;
    const joined = phrase.join(' ');
    total++;
    counts.set(joined, (counts.get(joined) ?? 0) + 1);
  });
  return { words, total, counts };
}

/** Null for a word that is left out. */
function countedAs(word: string, { fold, minLength, stopWords }: CountedAs): string | null {
  const folded = fold || stopWords.size > 0 ? toCasefold(word) : word;
  if (stopWords.has(folded)) return null;
  const counted = fold ? folded : word;
  return minLength > 1 && countGraphemes(counted) < minLength ? null : counted;
}

/** The entries in the order asked for, from `offset` on. */
export function listWords(counts: ReadonlyMap<string, number>, order: WordOrder, page: PageOptions): WordFrequency[] {
  if (order === 'first') return entriesOf(pageOf(Array.from(counts), page));
  const entries = Array.from(counts);
  if (order === 'count') entries.sort(([, a], [, b]) => b - a);
  else entries.sort(([a], [b]) => compareCodePoints(a, b));
  return entriesOf(pageOf(entries, page));
}

function entriesOf(entries: readonly (readonly [string, number])[]): WordFrequency[] {
  return entries.map(([word, count]) => ({ word, count }));
}

/** Code units order as code points do but for surrogates, which stand for code points above all others. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return (isSurrogate(unitA) ? unitA + 0x10000 : unitA) - (isSurrogate(unitB) ? unitB + 0x10000 : unitB);
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
