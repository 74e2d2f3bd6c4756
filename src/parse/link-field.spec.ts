import { describe, expect, it } from '@jest/globals';
import { parseLinkField } from './link-field.ts';

function read(value: string): [string, Record<string, string>][] {
  return parseLinkField(value).map(({ href, parameters }) => [href, Object.fromEntries(parameters)]);
}

describe('parseLinkField', () => {
  it('reads targets with their parameters, quoted or not', () => {
    expect(read('</a?b,c;d>; rel="next prefetch"; Title="x \\"y\\", z" , <b>;rel=canonical')).toEqual([
      ['/a?b,c;d', { rel: 'next prefetch', title: 'x "y", z' }],
      ['b', { rel: 'canonical' }],
    ]);
  });

  it('keeps the first of a parameter, one without a value, and decodes title*', () => {
    expect(read("<a>; rel=a; rel=b; crossorigin; title=e; title*=UTF-8'fr'%C3%A9")[0]?.[1]).toMatchObject({
      rel: 'a',
      crossorigin: '',
      title: 'é',
    });
    expect(read("<a>; title=e; title*=UTF-8''%FF")[0]?.[1]).toMatchObject({ title: 'e' });
  });

  it.each(['', 'a', '<a', ', ,', '<a>; rel="'])('ends with %j', (value) => {
    expect(parseLinkField(value).length).toBeLessThanOrEqual(1);
  });

  it('takes time in proportion to its length', () => {
    expect(parseLinkField('<a>;'.repeat(16_000)).length).toBe(1);
    expect(parseLinkField('<a>,'.repeat(16_000)).length).toBe(16_000);
  });
});
