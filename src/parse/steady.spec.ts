import { describe, expect, it } from '@jest/globals';
import { createDocument } from './document.ts';
import { steadyPage } from './steady.ts';

function steady(text: string, ...ignore: string[]): string {
  const document = createDocument({ text, url: 'http://example.com/a/', baseUrl: null, syntax: 'html', encoding: 'UTF-8' });
  return steadyPage(document, { ignore }).html;
}

describe('a page that is compared with itself', () => {
  it('is without what is to be left out, and without what is made anew for each retrieval', () => {
    const page = (number: number): string => `<!doctype html><title>t</title><meta name="csrf-token" content="${String(number)}">
      <style nonce="${String(number)}">p{}</style><p class="clock">${String(number)} <b>now</b></p><p>text</p>
      <form><input type="hidden" name="authenticity_token" value="${String(number)}"><input name="q" value="1"></form>`;
    expect(steady(page(1), '.clock')).toBe(steady(page(2), '.clock'));
    expect(steady(page(1))).not.toBe(steady(page(2)));
    expect(steady(page(1), '.clock')).toContain('<input name="q" value="1">');
  });

  it('keeps what its links are resolved against', () => {
    const document = (text: string): ReturnType<typeof createDocument> =>
      createDocument({ text, url: 'http://example.com/a/', baseUrl: null, syntax: 'html', encoding: 'UTF-8' });
    expect(steadyPage(document('<base href="/b/"><a href=c>c</a>'), { ignore: ['base'] }).baseUrl).toBe('http://example.com/b/');
    expect(steadyPage(document('<a href=c>c</a>'), { ignore: [] }).baseUrl).toBe('http://example.com/a/');
  });

  it('may have as many and as deep elements as any', () => {
    expect(steady('<i>1</i>'.repeat(50_000), 'i')).toBe('<html><head></head><body></body></html>');
    expect(steady(`${'<div>'.repeat(1500)}x`, 'p').match(/<div>/g)).toHaveLength(1500);
  });

  it('is refused with the selector that cannot be read', () => {
    expect(() => steady('<p>', 'p', '<')).toThrow(/selector/);
  });
});
