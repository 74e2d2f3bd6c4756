import { describe, expect, it } from '@jest/globals';
import { isWanted, trimmed } from './fields.ts';

const ANSWER = {
  total: 2,
  links: [
    { href: 'a', position: { line: 1, column: 2 }, rel: ['next'] },
    { href: 'b', position: null, rel: [] },
  ],
  cache: null,
  next: 'http://example.com/',
};

describe('an answer trimmed to members', () => {
  it.each([
    [['total'], { total: 2 }],
    [['next', 'total'], { total: 2, next: 'http://example.com/' }],
    [['cache.status', 'cache'], { cache: null }],
    [['links.href'], { links: [{ href: 'a' }, { href: 'b' }] }],
    [
      ['links.position.line', 'links.rel'],
      {
        links: [
          { position: { line: 1 }, rel: ['next'] },
          { position: null, rel: [] },
        ],
      },
    ],
    [['links', 'links.href'], { links: ANSWER.links }],
    [['links.href', 'links'], { links: ANSWER.links }],
    [['links.position', 'links.position.line'], { links: [{ position: { line: 1, column: 2 } }, { position: null }] }],
    [['absent', 'links.absent'], { links: [{}, {}] }],
    [[], {}],
  ])('%j', (fields, expected) => {
    expect(JSON.stringify(trimmed(ANSWER, fields))).toBe(JSON.stringify(expected));
  });

  it('is the answer itself where no fields are named', () => {
    expect(trimmed(ANSWER, undefined)).toBe(ANSWER);
  });

  it('has what has no members whole, as free JSON may be this or that', () => {
    const value = [{ author: 'Romeo' }, { author: { name: 'Juliet', age: 13 } }, [{ author: { name: 'Nurse' } }], null, 1];
    expect(trimmed({ value }, ['value.author.name'])).toEqual({
      value: [{ author: 'Romeo' }, { author: { name: 'Juliet' } }, [{ author: { name: 'Nurse' } }], null, 1],
    });
  });

  it('knows members of any name', () => {
    const answer = JSON.parse('{"value":{"__proto__":{"a":1,"b":2},"constructor":3,"":4}}') as object;
    expect(JSON.stringify(trimmed(answer, ['value.__proto__.a']))).toBe('{"value":{"__proto__":{"a":1}}}');
    expect(JSON.stringify(trimmed(answer, ['value.constructor', 'value.']))).toBe('{"value":{"constructor":3,"":4}}');
    expect(JSON.stringify(trimmed(answer, ['__proto__.a', 'toString']))).toBe('{}');
  });

  it('reads nothing that is not wanted', () => {
    const answer = {
      name: 'a',
      get html(): string {
        throw new Error('read');
      },
    };
    expect(trimmed({ tags: [answer] }, ['tags.name'])).toEqual({ tags: [{ name: 'a' }] });
  });
});

describe('a member', () => {
  it.each([
    ['links.href', ['links'], true],
    ['links.href', ['links.href'], true],
    ['links.rel', ['links.href'], false],
    ['links', ['links.href'], true],
    ['links', ['link'], false],
    ['link', ['links'], false],
    ['links', undefined, true],
    ['links', [], false],
  ])('%s is wanted by %j: %s', (path, fields, expected) => {
    expect(isWanted(path, fields)).toBe(expected);
  });
});
