import { describe, expect, it } from '@jest/globals';
import { type Asked, pickAsked } from './asked.ts';
import { createDocument, type PageDocument } from './document.ts';
import { createExplore } from './element-graph.ts';
import { tags } from './tags.ts';

function documentOf(text: string): PageDocument {
  return createDocument({ text, url: 'http://example.com/', baseUrl: null, syntax: 'html', encoding: 'UTF-8' });
}

/** What is asked of an object whose members are not explored: these, with what is asked of each. */
function asked(members: Record<string, Asked | null>, options?: object): Asked {
  const list = Object.entries(members).map(([name, within]) => ({ name, key: name, times: 1, within, ...(options && { options }) }));
  return { members: list, nameBytes: 10 };
}

describe('what is asked of elements', () => {
  it('is answered with the members that are asked for alone, and counted', () => {
    const document = documentOf('<p>One<p>Two');
    const answer = {
      total: 2,
      list: [
        {
          a: 1,
          get b(): never {
            throw new Error('nobody asked');
          },
        },
        { a: 2, b: 3 },
      ],
    };
    const explore = createExplore(document);
    expect(pickAsked(answer, asked({ list: asked({ a: null }) }), explore)).toEqual({
      value: { list: [{ a: 1 }, { a: 2 }] },
      objects: 3,
      nameBytes: 30,
    });
  });

  it.each([
    ['select', { selector: 'div', offset: 0 }, 'elements'],
    ['links', { method: 'parser', offset: 0, unique: false }, 'links'],
  ])('ends where %s within one another would pass by too many nodes', (name, options, list) => {
    const document = documentOf('<div>'.repeat(1900));
    const found = tags(document, { tag: 'div', offset: 0 });
    const again = asked({ [name]: asked({ total: null }) }, options);
    const within = name === 'select' ? asked({ [name]: asked({ [list]: again }) }, options) : again;
    const ten = { members: Array.from({ length: 10 }, () => within.members).flat(), nameBytes: 2 };
    expect(() => pickAsked(found, asked({ tags: ten }), createExplore(document))).toThrow(/5000000 nodes/);
  });

  it('knows the elements around one, comments and text passed over', () => {
    const document = documentOf('<ul><li>1</li> <!-- x --> <li id=two>2<template><b>no</b></template></li>text</ul>');
    const explore = createExplore(document);
    const two = tags(document, { tag: 'li', offset: 1 }).tags[0]!;
    expect(explore(two, 'previous', {})).toMatchObject({ name: 'li', text: '1' });
    expect(explore(two, 'next', {})).toBeNull();
    expect(explore(two, 'parent', {})).toMatchObject({ name: 'ul' });
    expect(explore(two, 'attribute', { name: 'ID' })).toBe('two');
    expect(explore(two, 'children', { offset: 0 })).toMatchObject([{ name: 'template' }]);
    const [template] = explore(two, 'children', { offset: 0 }) as [object];
    expect(explore(template, 'children', { offset: 0 })).toEqual([]);
  });
});
