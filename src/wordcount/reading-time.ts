import { countCodePoints } from '../encode/code-points.ts';
import { type Tokenization, visitWords } from './tokens.ts';

/** English prose that is no fiction, read silently: Brysbaert, Journal of Memory and Language 109 (2019). */
export const WORDS_PER_MINUTE = 238;
/** Chinese, from the same review. Other writing without spaces is read about as fast. */
export const CHARACTERS_PER_MINUTE = 260;

const CHINESE_OR_JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const RUNS = new RegExp(`${CHINESE_OR_JAPANESE.source}+`, 'gu');

/**
 * Seconds that reading a text takes, rounded up. Han characters, Hiragana and Katakana are counted one by one, and the words that have none
 * of them by words.
 *
 * @param words - how many the text has
 */
export function readingTimeS(text: string, words: number, tokenization: Tokenization): number {
  if (!CHINESE_OR_JAPANESE.test(text)) return seconds(words, 0);
  let characters = 0;
  for (const [run] of text.matchAll(RUNS)) characters += countCodePoints(run);
  let others = 0;
  visitWords(text, tokenization, (word) => {
    if (!CHINESE_OR_JAPANESE.test(word)) others++;
  });
  return seconds(others, characters);
}

function seconds(words: number, characters: number): number {
  return Math.ceil(60 * (words / WORDS_PER_MINUTE + characters / CHARACTERS_PER_MINUTE));
}
