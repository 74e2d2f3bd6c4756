import { describe, expect, it } from '@jest/globals';
import { differences } from './differences.ts';
import { entriesOf, TooManyEntries } from './entries.ts';

function told(before: unknown, after: unknown): unknown[] {
  return differences(entriesOf(before), entriesOf(after)).map(({ kind, path, before: had, after: has }) => [kind, path, had, has]);
}

const link = (url: string, text: string, line: number): object => ({ url, text, position: { line }, rel: [] });

describe('the differences of two pages', () => {
  it('are values by their paths', () => {
    expect(
      told({ status: 200, extract: { data: { price: 9, old: true } } }, { status: 404, extract: { data: { price: 10, title: 'x' } } }),
    ).toEqual([
      ['removed', 'extract.data.old', true, null],
      ['changed', 'extract.data.price', 9, 10],
      ['added', 'extract.data.title', null, 'x'],
      ['changed', 'status', 200, 404],
    ]);
  });

  it('are links that came and went and what they say, wherever they stand', () => {
    const before = { links: [link('http://a/', 'A', 1), link('http://b/', 'B', 2), link('http://c/', 'C', 3)] };
    const after = { links: [link('http://c/', 'C', 9), link('http://d/', 'D', 10), link('http://a/', 'a', 11)] };
    expect(told(before, after)).toEqual([
      ['changed', 'links[http://a/].text', 'A', 'a'],
      ['removed', 'links', 'http://b/', null],
      ['added', 'links', null, 'http://d/'],
    ]);
  });

  it('are lines of a text and entries of a list, whatever their order', () => {
    expect(told({ text: 'one\ntwo\nthree', rows: [['a'], ['b']] }, { text: 'three\none\nfour', rows: [['b'], ['a']] })).toEqual([
      ['added', 'text', null, 'four'],
      ['removed', 'text', 'two', null],
    ]);
  });

  it('are found in what is longer than is kept', () => {
    const long = 'x'.repeat(5000);
    expect(told({ text: long }, { text: long })).toEqual([]);
    expect(told({ text: `${long}a` }, { text: `${long}b` })).toHaveLength(1);
  });

  it('are not looked for past a limit, nor in what is nested without end', () => {
    expect(() => entriesOf({ rows: Array.from({ length: 20_001 }, (_, row) => row) })).toThrow(TooManyEntries);
    let nested: unknown = 1;
    for (let depth = 0; depth < 100; depth += 1) nested = { nested };
    expect(() => entriesOf(nested)).toThrow(TooManyEntries);
  });

  it('are told of names that objects have by themselves', () => {
    const named = JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}') as unknown;
    expect(told({}, named).map((each) => (each as string[])[1])).toEqual(['__proto__.a', 'constructor']);
  });
});
