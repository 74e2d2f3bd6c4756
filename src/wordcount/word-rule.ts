import { CHARACTERS_PER_MINUTE, WORDS_PER_MINUTE } from './reading-time.ts';
import type { SourceText } from './source-text.ts';
import { STOP_WORD_PACKAGE, type StopWords } from './stop-words.ts';
import type { WordCountOptions } from './wordcount.args.ts';
import type { WordRule, WordSource } from './wordcount.model.ts';
import type { CountedAs } from './words.ts';

/** The rules in force, in words. */
export function describeRule(
  { source, isLaidOut, lacksArticle }: SourceText,
  counted: CountedAs,
  stopWords: StopWords,
  own: WordCountOptions['stopWordList'],
): WordRule {
  const { tokenizer, locale, fold, ngrams } = counted;
  return {
    source: `${lacksArticle ? 'No article was found. ' : ''}${SOURCES[source]}`,
    words:
      tokenizer === 'whitespace'
        ? "What stands between white space, punctuation included, as Python's str.split parts it."
        : `UAX #29 word boundaries in the locale ${locale}: the segments with a letter, a digit or the like in them (isWordLike of Intl.Segmenter).`,
    fold: fold ? "Unicode's full default case folding (C and F of CaseFolding.txt), the same in every language." : null,
    leftOut: leftOut(counted, stopWords, own?.length ?? 0),
    ngrams:
      ngrams === 1
        ? null
        : `${String(ngrams)} words that follow one another within a sentence, none of them left out, with a space between them.`,
    sentences: `UAX #29 sentence boundaries in the locale ${locale}; ${
      isLaidOut
        ? 'the end of a line of the text that a reader sees ends the sentence.'
        : 'a single line break is a space, a blank line ends the sentence.'
    }`,
    paragraphs: isLaidOut
      ? 'A line of the text that a reader sees: a block of the page, or what stands between two <br>.'
      : 'Text between blank lines.',
    readingTime: `${String(WORDS_PER_MINUTE)} words a minute; Han characters, Hiragana and Katakana count singly, and not as words, ${String(CHARACTERS_PER_MINUTE)} a minute.`,
    unicodeVersion: process.versions['unicode'] ?? '',
    icuVersion: process.versions['icu'] ?? '',
  };
}

const SOURCES: Readonly<Record<WordSource, string>> = {
  raw: 'The decoded content as it is, markup included.',
  text: 'The text that a reader sees.',
  article: 'What a reader sees of the main article, which Readability found.',
};

function leftOut({ minLength }: CountedAs, { language }: StopWords, own: number): string | null {
  const reasons = [
    ...(language === null ? [] : [`the stop words of ${language} (${STOP_WORD_PACKAGE})`]),
    ...(own === 0 ? [] : ['the words of stopWordList']),
    ...(minLength === 1 ? [] : [`words of fewer than ${String(minLength)} grapheme clusters`]),
  ];
  if (reasons.length === 0) return null;
  const whole = language === null && own === 0 ? '' : ' Stop words are compared whole, by case folding.';
  return `Without ${reasons.join(' and ')}.${whole}`;
}
