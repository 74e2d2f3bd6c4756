import { describe, expect, it } from '@jest/globals';
import { createDocument, type DocumentSource } from '../parse/document.ts';
import { plainWords, wordCount } from './word-count.ts';
import type { WordCountOptions } from './wordcount.args.ts';
import type { WordCount } from './wordcount.model.ts';

const DEFAULTS: WordCountOptions = { tokenizer: 'whitespace', fold: false, minLength: 1, ngrams: 1, sort: 'count', offset: 0 };

function documentOf(text: string, syntax: DocumentSource['syntax'] = 'text') {
  return createDocument({ text, url: null, baseUrl: null, syntax, encoding: 'UTF-8' });
}

function count(text: string, options: Partial<WordCountOptions> = {}, syntax: DocumentSource['syntax'] = 'text'): Promise<WordCount> {
  return wordCount(documentOf(text, syntax), { ...DEFAULTS, ...options });
}

const pairs = ({ words }: WordCount): [string, number][] => words.map(({ word, count: times }) => [word, times]);
const wordsOf = async (...given: Parameters<typeof count>): Promise<string[]> => (await count(...given)).words.map(({ word }) => word);
const pairsOf = async (...given: Parameters<typeof count>): Promise<[string, number][]> => pairs(await count(...given));

const ROMEO = `But soft what light through yonder window breaks
It is the east and Juliet is the sun
Arise fair sun and kill the envious moon
Who is already sick and pale with grief
`;

describe('a word count', () => {
  it("counts the chapter's poem", async () => {
    const found = await count(ROMEO, { sort: 'first' });
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

  it('orders by count and then first sight, unless asked otherwise', async () => {
    expect(await pairsOf(ROMEO, { limit: 5 })).toEqual([
      ['is', 3],
      ['the', 3],
      ['and', 3],
      ['sun', 2],
      ['But', 1],
    ]);
  });

  it('orders words by code point', async () => {
    expect(await wordsOf('b a B 😀 \uffee ab é a', { sort: 'word' })).toEqual(['B', 'a', 'ab', 'b', 'é', '\uffee', '😀']);
  });

  it('pages through the different words', async () => {
    expect(await count('c b b a a a', { limit: 1, offset: 1 })).toMatchObject({ total: 6, distinct: 3, words: [{ word: 'b', count: 2 }] });
  });

  it("parts words as Python's str.split does", async () => {
    const whitespace = '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000';
    expect(await wordsOf(Array.from(whitespace).join('x'))).toEqual(['x']);
    expect(await wordsOf('a\u200bb a\ufeffb a\u180eb')).toEqual(['a\u200bb', 'a\ufeffb', 'a\u180eb']);
    expect(await count('')).toMatchObject({ total: 0, distinct: 0, words: [], readingTimeS: 0 });
  });

  it('counts words that are names of object members', async () => {
    const text = '__proto__ constructor __proto__ toString';
    const expected = [
      ['__proto__', 2],
      ['constructor', 1],
      ['toString', 1],
    ];
    expect(await pairsOf(text)).toEqual(expected);
    expect(await pairsOf(text, { fold: true })).toEqual([expected[0], expected[1], ['tostring', 1]]);
  });

  it('folds letter case where asked', async () => {
    expect(await pairsOf('The the THE Straße STRASSE', { fold: true })).toEqual([
      ['the', 3],
      ['strasse', 2],
    ]);
    expect(await count('The the', {})).toMatchObject({ distinct: 2, fold: false, rule: { fold: null } });
  });

  it('finds words by UAX #29 in a language', async () => {
    expect(await wordsOf("Don't stop, 3.14 — e-mail!", { tokenizer: 'unicode' })).toEqual(["Don't", 'stop', '3.14', 'e', 'mail']);
    const japanese = await count('もしもし、東京に行きます。', { tokenizer: 'unicode', locale: 'JA' });
    expect(japanese.locale).toBe('ja');
    expect(japanese.words.map(({ word }) => word)).toContain('東京');
    expect(japanese.rule).toMatchObject({ unicodeVersion: process.versions['unicode'], icuVersion: process.versions['icu'] });
  });

  it('says whose rules were followed', async () => {
    const localeOf = async (locale?: string): Promise<string | null> =>
      (await count('a', { tokenizer: 'unicode', ...(locale !== undefined && { locale }) })).locale;
    expect(await Promise.all(['th', 'pt-br', 'tlh', undefined].map(localeOf))).toEqual(['th', 'pt-BR', 'en', 'en']);
    expect((await count('a', { locale: 'ja' })).locale).toBeNull();
  });

  it('refuses a locale that is no language tag', async () => {
    await expect(count('a', { tokenizer: 'whitespace', locale: 'en_US!' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(count('a', { tokenizer: 'unicode', locale: 'en_US!' })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      errors: [expect.objectContaining({ parameter: 'locale' })],
    });
  });

  it('counts what a reader sees of HTML, and everything else as it is', async () => {
    const page = '<title>t</title><p>one<p>two';
    expect(await count(page, {}, 'html')).toMatchObject({ source: 'text', total: 2 });
    expect(await count(page, { source: 'raw' }, 'html')).toMatchObject({ source: 'raw', total: 1 });
    expect(await count('<r><a>b</a></r>', {}, 'xml')).toMatchObject({ source: 'raw' });
    expect(await count('<r><a>b c</a><d>e</d></r>', { source: 'text' }, 'xml')).toMatchObject({ source: 'text', total: 3 });
    const xhtml = '<html xmlns="http://www.w3.org/1999/xhtml"><p>b c</p></html>';
    expect(await count(xhtml, {}, 'xml')).toMatchObject({ source: 'text', total: 2 });
    expect(await count('<r xmlns:h="http://www.w3.org/1999/xhtml"><h:p>b c</h:p></r>', {}, 'xml')).toMatchObject({ source: 'raw' });
  });

  it('is compared by the words as they are written', () => {
    expect(plainWords(documentOf('<p>The <b>the</b> the', 'html'), { offset: 0 })).toEqual({
      words: [
        { word: 'the', count: 2 },
        { word: 'The', count: 1 },
      ],
    });
  });
});

describe('words that are left out', () => {
  it('are the shorter ones, by what a reader takes for characters', async () => {
    const found = await count('a bb ccc 👩‍👩‍👧 e\u0301e\u0301 ß', { minLength: 2, sort: 'first' });
    expect(pairs(found)).toEqual([
      ['bb', 1],
      ['ccc', 1],
      ['e\u0301e\u0301', 1],
    ]);
    expect(found).toMatchObject({ minLength: 2, total: 3, distinct: 3, counts: { words: 6 } });
    expect(await wordsOf('ß', { minLength: 2, fold: true })).toEqual(['ss']);
  });

  it('are the stop words of a language, whatever their letter case', async () => {
    const found = await count('The cat and THE hat', { stopWords: 'en' });
    expect(found).toMatchObject({ stopWords: 'en', total: 2, words: [{ word: 'cat' }, { word: 'hat' }], counts: { words: 5 } });
    expect(found.stopWordCount).toBeGreaterThan(100);
    expect(found.rule.leftOut).toContain('stop words of en (stopword ');
  });

  it('are those of the nearest language, however its tag is written', async () => {
    const stopWordsOf = async (tag: string): Promise<string | null> => (await count('a', { stopWords: tag })).stopWords;
    const tags = ['EN-gb', 'eng', 'deu', 'pt-PT', 'pt-br', 'zh-Hant-TW', 'no', 'nb-NO', 'tl'];
    expect(await Promise.all(tags.map(stopWordsOf))).toEqual(['en', 'en', 'de', 'pt', 'pt-BR', 'zh', 'nb', 'nb', 'fil']);
  });

  it.each(['tlh', 'klingon', 'e', 'constructor', '__proto__', ''])(
    'are refused in the language %j, with those there are',
    async (stopWords) => {
      await expect(count('a', { stopWords })).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
        errors: [{ parameter: 'stopWords', message: expect.stringMatching(/lists for af, ar, .*en, .*zu$/) }],
      });
    },
  );

  it("are the caller's own, too", async () => {
    const found = await count('The cat and the hat and Straße', { stopWords: 'en', stopWordList: ['CAT', 'STRASSE', 'cat'] });
    expect(pairs(found)).toEqual([['hat', 1]]);
    const own = await count('The cat', { stopWordList: ['the'] });
    expect(own).toMatchObject({ stopWords: null, stopWordCount: 1, words: [{ word: 'cat' }] });
    expect(own.rule.leftOut).toBe('Without the words of stopWordList. Stop words are compared whole, by case folding.');
  });
});

describe('phrases', () => {
  it('are words that follow one another', async () => {
    expect(await pairsOf('to be or not to be', { ngrams: 2 })).toEqual([
      ['to be', 2],
      ['be or', 1],
      ['or not', 1],
      ['not to', 1],
    ]);
    expect(await count('to be or not to be', { ngrams: 3 })).toMatchObject({ ngrams: 3, total: 4, distinct: 4, counts: { words: 6 } });
    expect(await count('one', { ngrams: 2 })).toMatchObject({ total: 0, words: [] });
  });

  it.each(['whitespace', 'unicode'] as const)('end with their sentence (%s)', async (tokenizer) => {
    expect(await wordsOf('One two. Three four', { ngrams: 2, tokenizer, sort: 'first' })).toEqual(
      tokenizer === 'unicode' ? ['One two', 'Three four'] : ['One two.', 'Three four'],
    );
  });

  it('end with the blocks of a page, and not with the lines of a text', async () => {
    expect(await wordsOf('<ul><li>one two<li>three</ul>', { ngrams: 2 }, 'html')).toEqual(['one two']);
    expect(await wordsOf('one\ntwo\r\nthree\n \nfour', { ngrams: 2 })).toEqual(['one two', 'two three']);
  });

  it('do not reach over a word that is left out', async () => {
    expect(await wordsOf('king of France and England sang', { ngrams: 2, stopWords: 'en' })).toEqual(['England sang']);
    expect(await wordsOf('The THE the', { ngrams: 2, fold: true })).toEqual(['the the']);
  });
});

describe('the length of a text', () => {
  it('is told by characters, words, sentences and paragraphs, whatever is left out', async () => {
    const text = 'One two.  Is it? 3.5 e.g. this\nline… 👩‍👩‍👧\n\n***\n\nNew “par.” Yes';
    const { counts } = await count(text, { minLength: 50 });
    expect(counts).toEqual({ graphemes: 59, codePoints: 63, words: 13, sentences: 5, paragraphs: 2 });
  });

  it('takes each block of a page for a paragraph', async () => {
    const { counts } = await count('<h1>Title</h1><p>One. Two<br>three</p><ul><li>a<li>-<li>b</ul>', {}, 'html');
    expect(counts).toMatchObject({ sentences: 6, paragraphs: 5 });
  });

  it('is the same however lines end', async () => {
    const text = 'a b.\nC\nd\n \ne f\n';
    for (const end of ['\n', '\r\n', '\r'])
      expect((await count(text.replaceAll('\n', end))).counts).toMatchObject({ words: 6, sentences: 3, paragraphs: 2 });
  });

  it('is read at a rate that is told', async () => {
    expect(await count('word '.repeat(238))).toMatchObject({
      readingTimeS: 60,
      rule: { readingTime: expect.stringContaining('238 words') },
    });
    expect((await count('word '.repeat(239))).readingTimeS).toBe(61);
    for (const tokenizer of ['whitespace', 'unicode'] as const) {
      expect((await count('漢かカ。'.repeat(260), { tokenizer, locale: 'ja' })).readingTimeS).toBeGreaterThanOrEqual(180);
      expect((await count('漢かカ。'.repeat(260) + ' word'.repeat(238), { tokenizer })).readingTimeS).toBeLessThan(330);
    }
  });
});

describe('the article of a page', () => {
  const prose = 'One two three, four and five, and so on until the sentence has an end. '.repeat(20);
  const page = `<html lang=en><title>t</title><nav><a href=/>Home</a></nav><article><h1>Title</h1><p>${prose}<p>${prose}</article><footer>Imprint</footer>`;

  it('is counted where there is one', async () => {
    const found = await count(page, { source: 'article' }, 'html');
    expect(found).toMatchObject({ source: 'article', rule: { source: expect.stringContaining('Readability') } });
    expect(found.counts).toMatchObject({ sentences: 41 });
    expect(found.words.map(({ word }) => word)).not.toContain('Imprint');
  });

  it('is told of where there is none', async () => {
    const short = await count('<title>none</title>', { source: 'article' }, 'html');
    expect(short).toMatchObject({ total: 0, source: 'text', rule: { source: 'No article was found. The text that a reader sees.' } });
    const text = await count('one\ntwo', { source: 'article' });
    expect(text).toMatchObject({ total: 2, source: 'raw', rule: { source: expect.stringMatching(/^No article was found\. The decoded/) } });
    expect((await count('one', { source: 'raw' })).rule.source).not.toContain('article');
  });
});
