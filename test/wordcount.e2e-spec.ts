import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, WordsAnswer } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

type Query = Readonly<Record<string, string | number | boolean>>;

describe('/wordcount', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  async function wordsOf(path: string, query: Query = {}): Promise<WordsAnswer> {
    const { status, json } = await retrieval.app.get<WordsAnswer>('/wordcount', { url: retrieval.origin.url + path, ...query });
    expect(status).toBe(200);
    return json;
  }

  it('counts what a reader of a page sees', async () => {
    const answer = await wordsOf('/words', { sort: 'first' });
    expect(answer).toMatchObject({ tokenizer: 'whitespace', source: 'text', total: 8, distinct: 5 });
    expect(answer.words).toEqual([
      { word: 'To', count: 2 },
      { word: 'be', count: 3 },
      { word: 'or', count: 1 },
      { word: 'not', count: 1 },
      { word: 'to', count: 1 },
    ]);
  });

  it('counts the markup too when the source is raw', async () => {
    const { source, words } = await wordsOf('/words', { source: 'raw' });
    expect(source).toBe('raw');
    expect(words.map(({ word }) => word)).toContain('<!DOCTYPE');
  });

  it('sorts by count, by appearance or by word', async () => {
    const order = async (query: Query): Promise<string[]> => (await wordsOf('/words', query)).words.map(({ word }) => word);
    expect(await order({})).toEqual(['be', 'To', 'or', 'not', 'to']);
    expect(await order({ sort: 'first' })).toEqual(['To', 'be', 'or', 'not', 'to']);
    expect([...(await order({ sort: 'word' }))].sort()).toEqual(['To', 'be', 'not', 'or', 'to']);
  });

  it('pages through the distinct words', async () => {
    const first = await wordsOf('/romeo.txt', { sort: 'first', limit: 10 });
    expect(first.words).toHaveLength(10);
    expect(first).toMatchObject({ total: 33, distinct: 26 });
    const second = await retrieval.app.get<WordsAnswer>(first.next ?? '');
    expect(second.json.words[0]).toEqual({ word: 'the', count: 3 });
    expect((await wordsOf('/romeo.txt', { sort: 'first', offset: 25, limit: 5 })).words).toEqual([{ word: 'grief', count: 1 }]);
  });

  it('counts text of any kind', async () => {
    expect(await wordsOf('/plain.txt')).toMatchObject({ source: 'raw', total: 4, words: [{ word: 'two', count: 2 }, {}, {}] });
    expect((await wordsOf('/json')).total).toBe(1);
    expect(await wordsOf('/no-type/empty')).toMatchObject({ total: 0, distinct: 0, words: [] });
  });

  it('counts HTML that comes with the request', async () => {
    const { json } = await retrieval.app.post<WordsAnswer>('/wordcount', {
      html: '<p>one two</p><p>two</p>',
      baseUrl: 'http://example.com/',
    });
    expect(json).toMatchObject({
      total: 3,
      distinct: 2,
      words: [
        { word: 'two', count: 2 },
        { word: 'one', count: 1 },
      ],
    });
  });

  it('counts words that are names of members of every object', async () => {
    const { json } = await retrieval.app.post<WordsAnswer>('/wordcount', {
      html: '<p>constructor __proto__ constructor toString</p>',
      baseUrl: 'http://example.com/',
    });
    expect(json.words).toEqual([
      { word: 'constructor', count: 2 },
      { word: '__proto__', count: 1 },
      { word: 'toString', count: 1 },
    ]);
  });

  it('says by which rules, how long the text is, and in which language', async () => {
    const answer = await wordsOf('/romeo.txt');
    expect(answer).toMatchObject({
      fold: false,
      locale: null,
      minLength: 1,
      stopWords: null,
      stopWordCount: 0,
      ngrams: 1,
      readingTimeS: 9,
    });
    expect(answer.rule).toMatchObject({ fold: null, leftOut: null, ngrams: null, unicodeVersion: process.versions['unicode'] });
    expect(answer.counts).toEqual({ graphemes: 167, codePoints: 167, words: 33, sentences: 1, paragraphs: 1 });
    expect(answer.language).toMatchObject({ declared: null, declaredBy: null, detected: 'en', reliable: true });
  });

  it('keeps every option in the URL of the next page', async () => {
    const asked = {
      tokenizer: 'unicode',
      locale: 'de',
      source: 'raw',
      fold: true,
      minLength: 2,
      stopWords: 'en',
      ngrams: 2,
    };
    const query = { ...asked, sort: 'first', stopWordList: 'moon,sun' };
    const whole = await wordsOf('/romeo.txt', query);
    expect(whole).toMatchObject({ ...asked, stopWordCount: 110, next: null });
    const words: unknown[] = [];
    for (let page = await wordsOf('/romeo.txt', { ...query, limit: 3 }); ;) {
      expect(page).toMatchObject({ ...asked, total: whole.total, distinct: whole.distinct, rule: whole.rule });
      words.push(...page.words);
      if (page.next === null) break;
      page = (await retrieval.app.get<WordsAnswer>(page.next)).json;
    }
    expect(words).toEqual(whole.words);
    expect(words.length).toBeGreaterThan(3);
  });

  it('answers the same over POST and GraphQL, member for member', async () => {
    const url = `${retrieval.origin.url}/romeo.txt`;
    const options = {
      tokenizer: 'unicode',
      fold: true,
      minLength: 2,
      stopWords: 'en',
      stopWordList: ['moon', 'a, b'],
      ngrams: 3,
      limit: 2,
    };
    const { json: posted } = await retrieval.app.post<WordsAnswer>('/wordcount', { url, ...options });
    const { json } = await retrieval.app.graphql<{ page: { wordCount: WordsAnswer } }>(
      `query ($url: String!) { page(url: $url) { wordCount(
        tokenizer: UNICODE, fold: true, minLength: 2, stopWords: "en", stopWordList: ["moon", "a, b"], ngrams: 3, limit: 2
      ) {
        tokenizer source fold locale minLength stopWords stopWordCount ngrams readingTimeS total distinct
        rule { source words fold leftOut ngrams sentences paragraphs readingTime unicodeVersion icuVersion }
        counts { graphemes codePoints words sentences paragraphs }
        language { declared declaredBy detected reliable detector }
        words { word count }
      } } }`,
      { url },
    );
    expect(json.errors).toBeUndefined();
    expect(posted).toMatchObject({ ...json.data?.page.wordCount, tokenizer: 'unicode', source: 'raw' });
    expect(posted.words[0]).toEqual({ word: 'yonder window breaks', count: 1 });
  });

  it('names the languages there are where one has no stop words', async () => {
    const { status, json } = await retrieval.app.get<Problem>('/wordcount', { url: `${retrieval.origin.url}/romeo.txt`, stopWords: 'tlh' });
    expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(json.errors).toEqual([
      { parameter: 'stopWords', message: expect.stringMatching(/no list for "tlh"; there are lists for af, .*, zu$/) },
    ]);
  });

  it('finds no words in a picture', async () => {
    const { status, json } = await retrieval.app.get<Problem>('/wordcount', { url: `${retrieval.origin.url}/cover3.jpg` });
    expect([status, json.code]).toEqual([422, 'NOT_A_DOCUMENT']);
  });
});
