import { describe, expect, it } from '@jest/globals';
import { createDocument, type DocumentSource } from '../parse/document.ts';
import type { WordCountOptions } from './wordcount.args.ts';
import type { WordCount } from './wordcount.model.ts';
import { wordCount } from './words.ts';

function count(text: string, options: Partial<WordCountOptions> = {}, syntax: DocumentSource['syntax'] = 'text'): WordCount {
  const document = createDocument({ text, url: null, baseUrl: null, syntax, encoding: 'UTF-8' });
  return wordCount(document, { tokenizer: 'whitespace', fold: false, sort: 'count', offset: 0, ...options });
}

const words = (found: WordCount): string[] => found.words.map(({ word }) => word);
const pairs = (found: WordCount): [string, number][] => found.words.map(({ word, count: times }) => [word, times]);

const ROMEO = `But soft what light through yonder window breaks
It is the east and Juliet is the sun
Arise fair sun and kill the envious moon
Who is already sick and pale with grief
`;

describe('a word count', () => {
  it("counts the chapter's poem", () => {
    const found = count(ROMEO, { sort: 'first' });
    expect(found).toMatchObject({ tokenizer: 'whitespace', source: 'raw', fold: false, locale: null, total: 33, distinct: 26 });
    expect(pairs(found).slice(0, 13)).toEqual([
      ['But', 1],
      ['soft', 1],
      ['what', 1],
      ['light', 1],
      ['through', 1],
      ['yonder', 1],
      ['window', 1],
      ['breaks', 1],
      ['It', 1],
      ['is', 3],
      ['the', 3],
      ['east', 1],
      ['and', 3],
    ]);
  });

  it('orders by count and then first sight, unless asked otherwise', () => {
    expect(pairs(count(ROMEO, { limit: 5 }))).toEqual([
      ['is', 3],
      ['the', 3],
      ['and', 3],
      ['sun', 2],
      ['But', 1],
    ]);
  });

  it('orders words by code point', () => {
    expect(words(count('b a B 😀 \uffee ab é a', { sort: 'word' }))).toEqual(['B', 'a', 'ab', 'b', 'é', '\uffee', '😀']);
  });

  it('pages through the different words', () => {
    expect(count('c b b a a a', { limit: 1, offset: 1 })).toMatchObject({ total: 6, distinct: 3, words: [{ word: 'b', count: 2 }] });
  });

  it("parts words as Python's str.split does", () => {
    const whitespace = '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000';
    expect(words(count(Array.from(whitespace).join('x')))).toEqual(['x']);
    expect(words(count('a\u200bb a\ufeffb a\u180eb'))).toEqual(['a\u200bb', 'a\ufeffb', 'a\u180eb']);
    expect(count('')).toMatchObject({ total: 0, distinct: 0, words: [] });
  });

  it('counts words that are names of object members', () => {
    expect(pairs(count('__proto__ constructor __proto__ toString'))).toEqual([
      ['__proto__', 2],
      ['constructor', 1],
      ['toString', 1],
    ]);
  });

  it('folds letter case where asked', () => {
    expect(pairs(count('The the THE Ä ä', { fold: true }))).toEqual([
      ['the', 3],
      ['ä', 2],
    ]);
    expect(count('The the', {})).toMatchObject({ distinct: 2 });
  });

  it('finds words by UAX #29 in a language', () => {
    expect(words(count("Don't stop, 3.14 — e-mail!", { tokenizer: 'unicode' }))).toEqual(["Don't", 'stop', '3.14', 'e', 'mail']);
    expect(count('a', { tokenizer: 'unicode' }).locale).toBe('en');
    const japanese = count('もしもし、東京に行きます。', { tokenizer: 'unicode', locale: 'JA' });
    expect(japanese.locale).toBe('ja');
    expect(words(japanese)).toContain('東京');
  });

  it('refuses a locale that is no language tag', () => {
    expect(() => count('a', { tokenizer: 'unicode', locale: 'en_US!' })).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', errors: [expect.objectContaining({ parameter: 'locale' })] }),
    );
  });

  it('counts what a reader sees of HTML, and everything else as it is', () => {
    const page = '<title>t</title><p>one<p>two';
    expect(count(page, {}, 'html')).toMatchObject({ source: 'text', total: 2 });
    expect(count(page, { source: 'raw' }, 'html')).toMatchObject({ source: 'raw', total: 1 });
    expect(count('<r><a>b</a></r>', {}, 'xml')).toMatchObject({ source: 'raw' });
    expect(count('<r><a>b c</a><d>e</d></r>', { source: 'text' }, 'xml')).toMatchObject({ source: 'text', total: 3 });
    expect(count('<html xmlns="http://www.w3.org/1999/xhtml"><p>b c</p></html>', {}, 'xml')).toMatchObject({ source: 'text', total: 2 });
    expect(count('<r xmlns:h="http://www.w3.org/1999/xhtml"><h:p>b c</h:p></r>', {}, 'xml')).toMatchObject({ source: 'raw' });
  });
});
