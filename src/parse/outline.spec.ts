import { describe, expect, it } from '@jest/globals';
import { createDocument } from './document.ts';
import { outline, type Outline } from './outline.ts';

function read(text: string, fields: { name: string; value: string }[] = []): Outline {
  return outline(createDocument({ text, url: 'http://example.com/dir/page', baseUrl: null, syntax: 'html', encoding: 'UTF-8', fields }));
}

describe('the outline of a page', () => {
  it('has its title, its links, and what it says to robots', () => {
    const page = read(`<!doctype html><html><head><title> A  page </title><base href="/base/">
      <link rel="canonical" href="canonical"><meta name="ROBOTS" content="NoIndex, nofollow"></head>
      <body><a href="one#part">One <b>thing</b></a><area href="//other.example/" rel="UGC nofollow"><a href="mailto:a@b.example">mail</a>
      <a href="http://[">broken</a><a>none</a><a href="one">Again</a></body>`);
    expect(page).toEqual({
      title: 'A page',
      canonical: 'http://example.com/base/canonical',
      noindex: true,
      nofollow: true,
      refresh: null,
      links: [
        { url: 'http://example.com/base/one#part', text: 'One thing', nofollow: false },
        { url: 'http://other.example/', text: '', nofollow: true },
        { url: 'http://example.com/base/one', text: 'Again', nofollow: false },
      ],
    });
  });

  it('is the same where only a tree knows the links', () => {
    const markup = '<head><title>t</title><link rel=canonical href=c></head><body><table><a href=x>X</a></table>';
    expect(read(markup)).toMatchObject({ title: 't', canonical: 'http://example.com/dir/c', links: [{ url: 'http://example.com/dir/x' }] });
  });

  it('reads header fields, and where a page leads by itself', () => {
    const fields = [
      { name: 'Link', value: '<http://example.com/field>; rel="canonical"' },
      { name: 'X-Robots-Tag', value: 'otherbot: noindex, none' },
      { name: 'X-Robots-Tag', value: 'none' },
    ];
    expect(read('<meta http-equiv=Refresh content="0; url=en/">', fields)).toMatchObject({
      canonical: 'http://example.com/field',
      noindex: true,
      nofollow: true,
      refresh: 'http://example.com/dir/en/',
      title: null,
    });
    expect(read('<p>nothing', [{ name: 'X-Robots-Tag', value: 'otherbot: noindex' }])).toMatchObject({ noindex: false, canonical: null });
  });
});
