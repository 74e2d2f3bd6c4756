import type { PageOptions } from '../api/list-page.ts';
import type { PageDocument } from '../parse/document.ts';
import { languageOf } from './language.ts';
import { readingTimeS } from './reading-time.ts';
import { sourceText } from './source-text.ts';
import { findStopWords } from './stop-words.ts';
import { countText, unwrapped } from './text-counts.ts';
import { localeInForce } from './tokens.ts';
import { describeRule } from './word-rule.ts';
import type { WordCountOptions } from './wordcount.args.ts';
import type { WordCount, WordFrequency } from './wordcount.model.ts';
import { type CountedAs, countWords, listWords } from './words.ts';

/**
 * The words of a document, counted, and how long its text is. `limit` and `offset` page through the different words. Throws
 * INVALID_REQUEST for a `locale` that is no language tag and for stop words of a language that has none, PARSE_LIMIT_EXCEEDED.
 */
export async function wordCount(document: PageDocument, options: WordCountOptions): Promise<WordCount> {
  const { tokenizer, fold, minLength, ngrams, sort } = options;
  const asked = localeInForce(options.locale);
  const locale = tokenizer === 'unicode' ? asked : localeInForce();
  const stopWords = await findStopWords(options.stopWords, options.stopWordList ?? []);
  const found = sourceText(document, options.source);
  const { source, text } = found;
  const read = unwrapped(found);
  const counted: CountedAs = { tokenizer, locale, fold, minLength, ngrams, stopWords: stopWords.words };
  const { words, total, counts } = countWords(text, read, counted);
  return {
    tokenizer,
    source,
    fold,
    locale: tokenizer === 'unicode' ? locale : null,
    minLength,
    stopWords: stopWords.language,
    stopWordCount: stopWords.words.size,
    ngrams,
    rule: describeRule(found, counted, stopWords, options.stopWordList),
    counts: { words, ...countText(text, read, locale) },
    readingTimeS: readingTimeS(text, words, counted),
    language: await languageOf(document, source, text),
    total,
    distinct: counts.size,
    words: listWords(counts, sort, options),
  };
}

/** The words of a document and nothing else, as two pages are compared by them: parted by white space, as they are written. */
export function plainWords(document: PageDocument, page: PageOptions): { words: WordFrequency[] } {
  const { text } = sourceText(document, undefined);
  const as: CountedAs = { tokenizer: 'whitespace', locale: 'en', fold: false, minLength: 1, ngrams: 1, stopWords: new Set() };
  return { words: listWords(countWords(text, text, as).counts, 'count', page) };
}
