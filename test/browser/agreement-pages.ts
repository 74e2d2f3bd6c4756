import { encodings } from '../support/scenarios/documents.ts';
import { pages } from '../support/scenarios/pages.ts';
import type { Aspect } from './agreement.ts';
import { html, type Scenarios } from '../support/scenarios/response.ts';

const LINKS = '<a href="one">1</a><a href="?two">2</a><a href="#three">3</a><a href="http://[/">4</a>';

function based(before: string, after = ''): Buffer {
  return html(`<!DOCTYPE html><title>Base</title>${before}${LINKS}${after}`);
}

const rendered = (content: string): Buffer => html(`<!DOCTYPE html><title>Text</title><body>${content}`);

/** What a reader sees: boxes, white space, what is hidden. */
const texts: Scenarios = {
  '/agreement/text/white-space': rendered(
    '<b> a \n\t b </b> <i> c</i>d&nbsp; e<div>f </div> <div> g</div><pre>\nh  i\n</pre><p>j<br> k <br></p>l',
  ),
  '/agreement/text/blocks': rendered('<h1>a</h1><p>b<p><p>c<ul><li>d<li><p>e</ul><dl><dt>f<dd>g</dl><blockquote>h</blockquote><hr>i'),
  '/agreement/text/tables': rendered(
    'x<table><caption>t</caption>\n<tr> <th>a</th> <td><p>b</p></td>\n<tr><td> c <td><table><tr><td>d<tr><td>e</table><tr><td style=display:none>x<td>f<td></table>g',
  ),
  '/agreement/text/boxes-in-lines': rendered(
    'a <img> <input> <button> b <div>c</div></button> <canvas>d</canvas> <iframe></iframe><p><img> e</p>f <textarea>x</textarea> <video controls></video>',
  ),
  '/agreement/text/options': rendered(
    'a <select><option> b <option>c<optgroup label=x><option>d</optgroup></select> e<datalist><option>x</datalist>',
  ),
  '/agreement/text/details': rendered(
    'a<details>x<p>x</p><summary>b</summary><summary>x</summary></details>c<details open>d<summary>e</summary></details>',
  ),
  '/agreement/text/hidden': rendered(
    'a<p hidden>x<p><b style="DISPLAY : none">x</b><i style="visibility:hidden">x <u style="visibility:visible">b</u></i><dialog>x</dialog><noscript>c</noscript>',
  ),
  '/agreement/text/styled': rendered(
    '<i style=display:block>a</i>b<div style=display:inline>c</div><i style=float:left>d</i><div style=display:flex><i>e</i><i>f</i></div><div style=display:contents>g</div>' +
      '<div style="white-space:pre-wrap"> h\n i</div><div style="white-space:pre-line"> j  k\n l</div><i style=display:inline-block> m </i> n',
  ),
  '/agreement/text/pictures': rendered(
    'a <svg> <title>x</title> <g>x<text> b <tspan>c</tspan></text></g></svg> d<ruby>e<rp>(</rp><rt>f</rt></ruby>',
  ),
};

/** What decides the document base URL, and what does not. */
const bases: Scenarios = {
  '/agreement/base/none': based(''),
  '/agreement/base/absolute': based('<base href="http://one.example/a/b?c#d">'),
  '/agreement/base/relative': based('<base href="../up/">'),
  '/agreement/base/without-a-scheme': based('<base href="//two.example/x">'),
  '/agreement/base/query-alone': based('<base href="?q">'),
  '/agreement/base/empty': based('<base href="">'),
  '/agreement/base/in-white-space': based('<base href=" \n /b/ \t">'),
  '/agreement/base/first-of-two': based('<base href="/first/"><base href="/second/">'),
  '/agreement/base/first-with-an-href': based('<base target="_top"><base href="/first/">'),
  '/agreement/base/after-the-links': based('', '<base href="/late/">'),
  '/agreement/base/in-the-body': based('<body><div><p><base href="/body/">'),
  '/agreement/base/in-noscript': based('<noscript><base href="/noscript/"></noscript>'),
  '/agreement/base/in-a-template': based('<template><base href="/template/"></template>'),
  '/agreement/base/in-svg': based('<svg><base href="/svg/"></svg>'),
  '/agreement/base/in-a-comment': based('<!-- <base href="/comment/"> -->'),
  '/agreement/base/unparsable-then-another': based('<base href="http://[/"><base href="/second/">'),
  '/agreement/base/data': based('<base href="data:text/html,x">'),
  '/agreement/base/data-then-another': based('<base href="data:text/html,x"><base href="/second/">'),
  '/agreement/base/javascript': based('<base href="javascript:0">'),
  '/agreement/base/about': based('<base href="about:blank">'),
  '/agreement/base/about-srcdoc': based('<base href="about:srcdoc">'),
  '/agreement/base/mail': based('<base href="mailto:a@b.example">'),
  '/agreement/base/blob': based('<base href="blob:http://one.example/x">'),
  '/agreement/base/encoded-query': html(
    Buffer.from(
      '<!DOCTYPE html><meta charset="windows-1252"><title>Base</title><base href="?\xe9"><a href="">1</a><a href="?\xe9">2</a>',
      'latin1',
    ),
  ),
};

/** What a parser of one's own gets wrong. */
const trees: Scenarios = {
  '/agreement/misnested': html('<!DOCTYPE html><a href="1"><b>x<p>y</a>z</b><a href="2"><table><a href="3">t<tr><td>c</table>'),
  '/agreement/foreign': html(
    '<svg viewBox="0 0 1 1" xlink:href="#x"><a xlink:href="1">1</a><a href="2">2</a><foreignObject><a href="3">3</a></foreignObject></svg>' +
      '<math definitionurl="x"><mi><a href="4">4</a></mi></math>',
  ),
  '/agreement/select': html('<select><a href="1">1</a><option>o<a href="2">2</a></option></select>'),
  '/agreement/raw-text': html(
    '<textarea><a href="1"></textarea><xmp><a href="2"></xmp><iframe><a href="3"></iframe><plaintext><a href="4">',
  ),
  '/agreement/shadow-root': html(
    '<body><div><template shadowrootmode="open"><a href="1">1</a></template>d</div><ul><template shadowrootmode="open">x</template></ul>' +
      '<x-y><template shadowrootmode="closed">1</template><template shadowrootmode="open">2</template></x-y><font-face><template shadowrootmode="open"></template></font-face>',
  ),
  '/agreement/attributes': html(
    '<body><p b="" 2="" A="x&amp;y" a="again" 1 __proto__="p" a\u{fffd}"=q x:y="z">p</p><body class="more"><html lang="en">',
  ),
  '/agreement/titles': html('<svg><title>not this</title></svg><title> \n Two\t words &amp; more </title><title>second</title><p>x'),
  '/agreement/no-title': html('<meta property="og:title" content="Not a title"><h1>Nor this</h1>'),
  '/agreement/nul-and-surrogates': html('<p title="a\0b">c\0d</p><a href="x&#xD800;y">&#x80;&#0;&#x10FFFF;</a>'),
  '/agreement/apostrophes': html(`<p><a href="mailto:?subject=It's">1</a><a href="/?it's">2</a>`),
  '/agreement/refresh': html('<meta http-equiv="refresh" content="0;url=/elsewhere"><p><a href="x">still here</a>'),
};

function only(scenarios: Scenarios, ...paths: readonly string[]): Scenarios {
  return Object.fromEntries(Object.entries(scenarios).filter(([path]) => !paths.includes(path)));
}

/** Pages to compare with Chromium: those of the other tests that are HTML, and some more. */
export const AGREEMENT_PAGES: Scenarios = {
  ...only(encodings, '/encoding/xml'),
  ...only(pages, '/links/many'),
  ...bases,
  ...texts,
  ...trees,
};

/** What they say otherwise on some of them, as README.md says. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, readonly Aspect[]>> = {
  '/encoding/undeclared-utf-8': ['encoding'],
  '/encoding/unknown-label': ['encoding'],
  '/agreement/base/unparsable-then-another': ['URLs', 'base URL'],
  '/agreement/base/about': ['URLs', 'base URL'],
  '/agreement/base/about-srcdoc': ['URLs', 'base URL'],
  '/agreement/select': ['links', 'tags', 'attributes'],
  '/agreement/apostrophes': ['URLs'],
  '/agreement/shadow-root': ['words'],
};
