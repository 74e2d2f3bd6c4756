import { describe, expect, it } from '@jest/globals';
import { createDocument, type DocumentSource } from '../parse/document.ts';
import { pageText } from './page-text.ts';
import type { TextOptions } from './text.args.ts';
import type { PageText } from './text.model.ts';

function textOf(text: string, options: Partial<TextOptions> = {}, syntax: DocumentSource['syntax'] = 'html'): PageText {
  return pageText(createDocument({ text, url: 'http://example.com/', baseUrl: null, syntax, encoding: 'UTF-8' }), {
    scope: 'page',
    ...options,
  });
}

const ARTICLE = `<html lang=en><title>The tides rise again today | Post</title><nav>Menu</nav><article>${'<p>The tide came in, and went out again. '.repeat(20)}`;

describe('the text of a page', () => {
  it('comes with its title, its language and its measures', () => {
    expect(textOf('<html lang=de><title> A  title </title><p>Ä 😀</p><p>b')).toEqual({
      scope: 'page',
      elements: null,
      title: 'A title',
      language: 'de',
      characters: 6,
      lines: 3,
      text: 'Ä 😀\n\nb',
    });
    expect(textOf('')).toMatchObject({ title: null, language: null, characters: 0, lines: 0, text: '' });
  });

  it('is that of its article where that is asked for and found', () => {
    const { scope, title, text } = textOf(ARTICLE, { scope: 'article' });
    expect([scope, title]).toEqual(['article', 'The tides rise again today']);
    expect(text).not.toContain('Menu');
    expect(textOf(ARTICLE).text).toContain('Menu');
    expect(textOf('<title>t</title>', { scope: 'article' })).toMatchObject({ scope: 'page', title: 't', text: '' });
  });

  it('is that of the elements that a selector matches, none told twice', () => {
    expect(textOf('<div>a<div>b</div></div>c<div>d <b>e</b></div>', { selector: 'div, b' })).toMatchObject({
      elements: 4,
      text: 'a\nb\nd e',
    });
    expect(textOf('<p>a', { selector: 'b' })).toMatchObject({ elements: 0, lines: 0, text: '' });
    expect(() => textOf('<p>a', { selector: 'p[' })).toThrow(expect.objectContaining({ code: 'INVALID_SELECTOR' }));
    expect(() => textOf('<p>a', { selector: 'p', scope: 'article' })).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', errors: [expect.objectContaining({ parameter: 'selector' })] }),
    );
  });

  it('is other text as it is', () => {
    expect(textOf(' <b>a\n', {}, 'text')).toMatchObject({ title: null, characters: 6, lines: 2, text: ' <b>a\n' });
    expect(textOf('a', { scope: 'article' }, 'text')).toMatchObject({ scope: 'page', text: 'a' });
    expect(() => textOf('a', { selector: 'p' }, 'text')).toThrow(expect.objectContaining({ code: 'NOT_A_DOCUMENT' }));
    expect(textOf('<r><a>b</a><c>d</c></r>', {}, 'xml')).toMatchObject({ title: null, text: 'b\nd' });
  });
});
