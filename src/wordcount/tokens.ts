import { invalidParameter } from '../api/problem.ts';
import type { Tokenizer } from './wordcount.model.ts';

/** How words are found. */
export interface Tokenization {
  tokenizer: Tokenizer;
  /** A BCP 47 tag, as {@link localeInForce} gives it. */
  locale: string;
}

/** Told of each word in the order of the text, and where it begins, in code units. */
type Visit = (word: string, index: number) => void;

/** Visits the words of a text. They are not collected: a text may have millions. */
export function visitWords(text: string, { tokenizer, locale }: Tokenization, visit: Visit): void {
  if (tokenizer === 'unicode') visitSegments(text, locale, visit);
  else visitBetweenWhitespace(text, visit);
}

/** https://unicode.org/reports/tr29/#Word_Boundaries */
function visitSegments(text: string, locale: string, visit: Visit): void {
  for (const { segment, index, isWordLike } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)) {
    if (isWordLike === true) visit(segment, index);
  }
}

/** Python's `str.split`: at what its `str.isspace` calls white space. */
function visitBetweenWhitespace(text: string, visit: Visit): void {
  for (const { 0: word, index } of text.matchAll(NOT_WHITESPACE)) visit(word, index);
}

// eslint-disable-next-line no-control-regex -- The information separators are white space to Python.
const NOT_WHITESPACE = /[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** Whose rules are those of every language that has none of its own. */
const DEFAULT_LOCALE = 'en';

/**
 * The locale whose rules are followed where this one is asked for: `en`, whose rules are the default ones, where there are none for it.
 *
 * @throws ProblemError `INVALID_REQUEST` for what is no language tag
 */
export function localeInForce(tag: string = DEFAULT_LOCALE): string {
  if (tag === DEFAULT_LOCALE) return tag;
  let locale: string;
  try {
    locale = new Intl.Locale(tag).toString();
  } catch {
    throw invalidParameter('locale', `${tag} is not a language tag (as en, ja or pt-BR)`);
  }
  return Intl.Segmenter.supportedLocalesOf(locale).length === 0 ? DEFAULT_LOCALE : locale;
}
