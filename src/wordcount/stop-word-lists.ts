import lists from 'stopword';
import { STOP_WORD_LISTS, type StopWordLanguage } from './stop-word-languages.ts';

/** The stop words of a language, as the package has them. */
export function listOf(language: StopWordLanguage): readonly string[] {
  return lists[STOP_WORD_LISTS[language]] ?? [];
}
