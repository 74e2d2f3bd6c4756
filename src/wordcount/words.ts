import { pageOf } from '../api/list-page.ts';
import { invalidParameter } from '../api/problem.ts';
import type { PageDocument } from '../parse/document.ts';
import { documentElement, isHtmlElement } from '../parse/tree.ts';
import { visibleText } from '../text/visible-text.ts';
import type { WordCountOptions } from './wordcount.args.ts';
import type { WordCount, WordFrequency, WordOrder, WordSource } from './wordcount.model.ts';

/**
 * The words of a document, counted. `limit` and `offset` page through the different words. Throws INVALID_REQUEST for a `locale` that is
 * no language tag, PARSE_LIMIT_EXCEEDED. https://unicode.org/reports/tr29/#Word_Boundaries
 */
export function wordCount(document: PageDocument, options: WordCountOptions): WordCount {
  const { tokenizer, fold, sort } = options;
  const source = options.source ?? defaultSource(document);
  const locale = tokenizer === 'unicode' ? canonicalLocale(options.locale ?? 'en') : null;
  const text = source === 'text' ? visibleText(document) : document.text;
  const { total, counts } = count(locale === null ? splitAtWhitespace(text) : segment(text, locale));
  const entries = ordered(fold ? folded(counts) : counts, sort);
  return { tokenizer, source, fold, locale, total, distinct: entries.length, words: pageOf(entries, options) };
}

/** Which text is read where nobody says it. XHTML is HTML in another syntax; to look for its namespace in the text first spares other XML the parsing. */
export function defaultSource(document: PageDocument): WordSource {
  if (document.syntax === 'html') return 'text';
  if (document.syntax === 'text' || !document.text.includes('http://www.w3.org/1999/xhtml')) return 'raw';
  const root = documentElement(document.tree);
  return root !== null && isHtmlElement(root, 'html') ? 'text' : 'raw';
}

function canonicalLocale(tag: string): string {
  try {
    return new Intl.Locale(tag).toString();
  } catch {
    throw invalidParameter('locale', `${tag} is not a language tag (as en, ja or pt-BR)`);
  }
}

/** Python's `str.split`: at what its `str.isspace` calls white space. */
function* splitAtWhitespace(text: string): Generator<string, void, undefined> {
  for (const [word] of text.matchAll(NOT_WHITESPACE)) yield word;
}

// eslint-disable-next-line no-control-regex -- The information separators are white space to Python.
const NOT_WHITESPACE = /[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

function* segment(text: string, locale: string): Generator<string, void, undefined> {
  for (const { segment: word, isWordLike } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)) {
    if (isWordLike === true) yield word;
  }
}

/** In a Map, where `__proto__` is a word like others; it keeps the order of first sight. */
function count(words: Iterable<string>): { total: number; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  let total = 0;
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    total++;
  }
  return { total, counts };
}

function folded(counts: ReadonlyMap<string, number>): Map<string, number> {
  const together = new Map<string, number>();
  for (const [word, times] of counts) {
    const lower = word.toLowerCase();
    together.set(lower, (together.get(lower) ?? 0) + times);
  }
  return together;
}

function ordered(counts: ReadonlyMap<string, number>, order: WordOrder): WordFrequency[] {
  const entries = Array.from(counts, ([word, times]) => ({ word, count: times }));
  if (order === 'count') return entries.sort((a, b) => b.count - a.count);
  if (order === 'word') return entries.sort((a, b) => compareCodePoints(a.word, b.word));
  return entries;
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
