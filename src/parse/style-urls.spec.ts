import { describe, expect, it } from '@jest/globals';
import { styleUrls } from './style-urls.ts';

describe('the URLs in CSS', () => {
  it.each([
    ['background: url(a.png) no-repeat, URL( "b.png" ), url(\'c.png\')', ['a.png', 'b.png', 'c.png']],
    ['src: src("a.woff2"), url("b" type(x))', ['a.woff2', 'b']],
    ['@import "a.css"; @import url(b.css) print; @IMPORT/**/ \'c.css\' layer(x);', ['a.css', 'b.css', 'c.css']],
    ['u\\72l(a\\62 c) url(a\\)b) url("a\\"b")', ['abc', 'a)b', 'a"b']],
    ['/* url(no) */ content: "url(no)"; color: red', []],
    ['url(no"no) url(yes)', ['yes']],
    ['@namespace svg url(http://no.example/); @namespace "no"; a { background: url(yes) }', ['yes']],
    ['@namespace url(no) {} url(yes)', ['yes']],
    ['content: "no"; url(', ['']],
    ['@import no "no"; attr("no")', []],
    ['url()', ['']],
  ])('%j are %j', (css, urls) => {
    expect(styleUrls(css)).toEqual(urls);
  });

  it.each(['url(', '"', '/*', '@import ', 'url("', '(', '\\', 'url(a)'])('are found in linear time: %j', (piece) => {
    styleUrls(`url ${piece.repeat(200_000)}`);
  });
});
