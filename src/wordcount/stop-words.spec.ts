import { describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import lists from 'stopword';
import { STOP_WORD_LISTS } from './stop-word-languages.ts';
import { findStopWords, STOP_WORD_PACKAGE } from './stop-words.ts';

describe('stop words', () => {
  it('are the lists of the package that is installed, all of them', () => {
    const { name, version } = createRequire(import.meta.url)('stopword/package.json') as { name: string; version: string };
    expect(STOP_WORD_PACKAGE).toBe(`${name} ${version}`);
    // Digits are no language, and the other is Lugbara once more, without its diacritics.
    const languages = Object.keys(lists).filter((list) => Array.isArray(lists[list]) && !['_123', 'lggNd'].includes(list));
    expect(Object.values(STOP_WORD_LISTS).sort()).toEqual(languages.sort());
  });

  it('are called by the canonical tag of their language', () => {
    for (const [tag, list] of Object.entries(STOP_WORD_LISTS)) {
      expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
      if (list.length === 3) expect(Intl.getCanonicalLocales(list)).toEqual([tag]);
    }
  });

  it('are none unless asked for', async () => {
    expect(await findStopWords(undefined, [])).toEqual({ language: null, words: new Set() });
  });
});
