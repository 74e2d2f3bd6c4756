import { describe, expect, it } from '@jest/globals';
import { createDocument } from './document.ts';
import { type DocumentBaseUrl, documentBaseUrl } from './document-base-url.ts';

const FINAL = 'http://example.com/a/page.htm';

function baseOf(text: string, url: string | null = FINAL, baseUrl: string | null = null, encoding = 'UTF-8'): DocumentBaseUrl {
  return documentBaseUrl(createDocument({ text, url, baseUrl, syntax: 'html', encoding }));
}

const fromUrl = { baseUrl: FINAL, baseSource: 'url' };
const fromElement = (baseUrl: string): DocumentBaseUrl => ({ baseUrl, baseSource: 'element' });

describe('the document base URL', () => {
  it.each([
    ['is the final URL where no base element is', '<p>', fromUrl],
    [
      'is the first base with an href',
      '<base target=_top><base href=http://one.example/><base href=http://two.example/>',
      fromElement('http://one.example/'),
    ],
    ['is resolved against the final URL', '<base href="../b/">', fromElement('http://example.com/b/')],
    ['has a host of its own where the base has no scheme', '<base href=//cdn.example/x>', fromElement('http://cdn.example/x')],
    ['is found in the body too', '<body><p><base href=/late/>', fromElement('http://example.com/late/')],
    ['is found after the links that it is for', '<a href=x>x</a><p><base href=/late/>', fromElement('http://example.com/late/')],
    ['is found in noscript, as no scripts are run', '<noscript><base href=/n/></noscript>', fromElement('http://example.com/n/')],
    ['passes over a base in a comment', '<!-- <base href=/c/> -->', fromUrl],
    ['may be one that resolves nothing relative', '<base href=mailto:a@b.example>', fromElement('mailto:a@b.example')],
    ['is the final URL where the base is empty', '<base href="">', fromElement(FINAL)],
    ['passes over a base in a template', '<template><base href=/t/></template>', fromUrl],
    ['passes over a base that is no HTML element', '<svg><base href=/s/></svg>', fromUrl],
    ['passes over an element that is only called like one', '<x:base href=/s/>', fromUrl],
    ['ignores data:', '<base href=data:text/plain,x>', fromUrl],
    ['ignores data:, and all after it', '<base href=data:text/plain,x><base href=/second/>', fromUrl],
    ['ignores javascript:', '<base href=javascript:0>', fromUrl],
    ['ignores about:', '<base href=about:blank>', fromUrl],
    ['ignores one that cannot be parsed, and all after it', '<base href="http://[/"><base href=/second/>', fromUrl],
    ['strips white space', '<base href=" \n /b/ \t">', fromElement('http://example.com/b/')],
  ])('%s', (_, text, expected) => {
    expect(baseOf(text)).toEqual(expected);
  });

  it('encodes a query in the encoding of the document', () => {
    expect(baseOf('<base href="?é">', FINAL, null, 'windows-1252').baseUrl).toBe(`${FINAL}?%E9`);
  });

  it('comes from the parameter for an inline document, or is null without one', () => {
    expect(baseOf('<p>', null, 'http://example.org/')).toEqual({ baseUrl: 'http://example.org/', baseSource: 'parameter' });
    expect(baseOf('<p>', null)).toEqual({ baseUrl: null, baseSource: 'parameter' });
    expect(baseOf('<base href=x/>', null, 'http://example.org/')).toEqual(fromElement('http://example.org/x/'));
    expect(baseOf('<base href=x/>', null)).toEqual({ baseUrl: null, baseSource: 'parameter' });
    expect(baseOf('<base href=http://example.net/>', null)).toEqual(fromElement('http://example.net/'));
  });
});
