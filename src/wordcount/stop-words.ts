import { invalidParameter } from '../api/problem.ts';
import { toCasefold } from './case-folding.ts';
import { STOP_WORD_LANGUAGES, type StopWordLanguage, stopWordLanguage } from './stop-word-languages.ts';

/** Whose lists they are; a test compares it with what is installed. */
export const STOP_WORD_PACKAGE = 'stopword 3.1.5';

/** Words that are not counted. */
export interface StopWords {
  /** Whose list is among them; null for none. */
  language: StopWordLanguage | null;
  /** Folded. */
  words: ReadonlySet<string>;
}

/**
 * The stop words of a language and those of the caller's own together. The package is loaded when a language is first asked for.
 *
 * @throws ProblemError `INVALID_REQUEST` for a language without a list
 */
export async function findStopWords(tag: string | undefined, own: readonly string[]): Promise<StopWords> {
  const language = tag === undefined ? null : stopWordLanguage(tag);
  if (tag !== undefined && language === null)
    throw invalidParameter('stopWords', `has no list for ${JSON.stringify(tag)}; there are lists for ${STOP_WORD_LANGUAGES}`);
  const listed = language === null ? [] : (await import('./stop-word-lists.ts')).listOf(language);
  return { language, words: new Set([...listed, ...own].map(toCasefold)) };
}
