import fc from 'fast-check';

/** Markup for each state of the HTML Standard's tokenizer, by its name. https://html.spec.whatwg.org/multipage/parsing.html#tokenization */
export const TOKENIZER_STATES: Readonly<Record<string, readonly string[]>> = {
  data: ['a&amp;b\0c<p>d', ' \t\n\f\rx', '\uD83D\uDE00\uD83D <p>\uDE00'],
  RCDATA: ['<title>a&lt;b<c>\0</title>x', '<textarea>\n\r\na&amp;</textarea>', '<textarea>\r\nx'],
  RAWTEXT: [
    '<style>a&lt;b\0</style>x',
    '<xmp><p></xmp>',
    '<iframe>\n<a></iframe>y',
    '<noframes></p></noframes>',
    '<noembed>&amp;</noembed>',
  ],
  'script data': ['<script>a<b&amp;\0\r\nc</script>x'],
  PLAINTEXT: ['<p>a<plaintext></p>&amp;\0b<plaintext>\r\n</plaintext>'],
  'tag open': ['a<b', 'a<1', 'a<<p>', 'a<', '<>', '<é>', '<\0'],
  'end tag open': ['a</b>', 'a</>b', 'a</1>b', 'a</ p>b', '</', '</é>', 'a</\0>'],
  'tag name': [
    '<DIV><Di\0V><a\u212A><p/><p\tx><p\fx><p\r\nx><svg><FOREIGNOBJECT>',
    '<x-é:1_\uD83D\uDE00><x-é:1_\uD83D\uDE00>y',
    `<${'n'.repeat(99)}>`,
  ],
  'RCDATA less-than sign': ['<title>a<b<</title>', '<title><'],
  'RCDATA end tag open': ['<title></ </1</title>', '<title></'],
  'RCDATA end tag name': [
    '<title>a</titl</titles></TITLE >x',
    '<title></title/>x',
    '<title></title\rx=">">y',
    '<textarea></title></textarea\n',
    '<title></title<p>x</title>',
  ],
  'RAWTEXT less-than sign': ['<style>a<b<</style>', '<style><'],
  'RAWTEXT end tag open': ['<style></ </1</style>', '<style></'],
  'RAWTEXT end tag name': ['<style>a</styl</styles></STYLE >x', '<style></style/>x', '<xmp></style></xmp\n'],
  'script data less-than sign': ['<script>a<b<</script>', '<script><', '<script><!</script>x'],
  'script data end tag open': ['<script></ </1</script>', '<script></'],
  'script data end tag name': ['<script>a</scrip</scripts></SCRIPT >x', '<script></script/>x', '<script></script'],
  'script data escape start': ['<script><!x</script>', '<script><!'],
  'script data escape start dash': ['<script><!-x</script>', '<script><!-', '<script><!-<script></script>x'],
  'script data escaped': ['<script><!--a\0b</script>x', '<script><!--'],
  'script data escaped dash': ['<script><!--a-b-\0-<x</script>', '<script><!--a-'],
  'script data escaped dash dash': [
    '<script><!--a--b---\0--><script></script>x',
    '<script><!--><script></script>x',
    '<script><!---><script></script>x',
  ],
  'script data escaped less-than sign': ['<script><!--<1<a<</script>x', '<script><!--<'],
  'script data escaped end tag open': ['<script><!--</1</</script>x', '<script><!--</'],
  'script data escaped end tag name': ['<script><!--</scrip></scripty></script/>x', '<script><!--</script'],
  'script data double escape start': ['<script><!--<scrip><scripty><script</script>x', '<script><!--<SCRIPT/</script>y</script>x'],
  'script data double escaped': ['<script><!--<script>\0</script>y</script>x', '<script><!--<script\r\n'],
  'script data double escaped dash': ['<script><!--<script>-\0-x-<</script></script>x', '<script><!--<script>-'],
  'script data double escaped dash dash': ['<script><!--<script>--\0---></script>x', '<script><!--<script>--<</script></script>x'],
  'script data double escaped less-than sign': ['<script><!--<script><x<</script></script>x', '<script><!--<script><'],
  'script data double escape end': ['<script><!--<script></scrip></scripty></script\n</script>x', '<script><!--<script></script'],
  'before attribute name': ['<p  \t\r\n\fa>', '<p =a>', '<p /=a>', '<p / a>', '<p ', '<p \0>'],
  'attribute name': [
    '<p A"b\'c<d\0=1 É=2 a\u212A a>x',
    '<p a/b>',
    '<p a',
    '<p a=1 A=2 a>',
    `<p ${'a b '.repeat(40)}>`,
    '<p 1 0 a __proto__=x>',
  ],
  'after attribute name': ['<p a  =b>', '<p a b>', '<p a /b>', '<p a />', '<p a ', '<p a /=b>'],
  'before attribute value': ['<p a= \r\n b>', '<p a=>x', '<p a= >x', '<p a= "b">', '<p a=', '<p a=/>', '<p a=\0>'],
  'attribute value (double-quoted)': ['<p a="&lt\r\nb\0\'>&ampx&amp=1&notit;&not">', '<p a="&', '<p a="x', '<p a="&#x41;&#65&#0;&#x80;">'],
  'attribute value (single-quoted)': ["<p a='&lt\r\nb\0\">&ampx&amp=1'>", "<p a='&", "<p a='x"],
  'attribute value (unquoted)': ['<p a=b"c\'d<e=f`g&lt&amp;/>', '<p a=b\0c d>', '<p a=&amp>', '<p a=b/ c>', '<p a=x'],
  'after attribute value (quoted)': ['<p a="b"c="d"/>', '<p a="b" c>', '<p a="b"/c>', '<p a="b"', '<p a="b"=c>'],
  'self-closing start tag': ['<br/>', '<br / >', '<p/>x', '<svg/>x', '<svg><g/>x', '<br/', '<p / = x>', '</p/>', '</br/ x>'],
  'bogus comment': ['<?a\0b\r\n?>x', '<?', '<!a', '<!>', '</ a\0>', '<![CDATA[x]]>y'],
  'markup declaration open': ['<!-a>', '<!doctyp>', '<!DocType\nhtml>', '<![cdata[x]]>', '<![CDATA', '<svg><![CDATA'],
  'comment start': ['<!-->x', '<!--a-->', '<!--'],
  'comment start dash': ['<!--->x', '<!---a-->', '<!---', '<!----->x'],
  comment: ['<!--a\0b\r\nc-d-->', '<!--a'],
  'comment less-than sign': ['<!--<a<<-->', '<!--<'],
  'comment less-than sign bang': ['<!--<!a<!-->', '<!--<!'],
  'comment less-than sign bang dash': ['<!--<!-a-->', '<!--<!->x-->', '<!--<!-'],
  'comment less-than sign bang dash dash': ['<!--<!--x-->', '<!--<!-->x', '<!--<!--'],
  'comment end dash': ['<!--a-b-->', '<!--a-'],
  'comment end': ['<!--a--b--->x', '<!--a--', '<!--a---', '<!--a--!'],
  'comment end bang': ['<!--a--!>x', '<!--a--!-->', '<!--a--!-x-->', '<!--a--!x-->', '<!----!>x'],
  DOCTYPE: ['<!doctype>', '<!doctypehtml>', '<!doctype'],
  'before DOCTYPE name': ['<!doctype \r\n\0HTML>', '<!doctype >', '<!doctype '],
  'DOCTYPE name': ['<!doctype hT\0ml>', '<!doctype html', '<!doctype é>'],
  'after DOCTYPE name': ['<!doctype html >', '<!doctype html x>', '<!doctype html '],
  'after DOCTYPE public keyword': [
    '<!doctype html public>',
    '<!doctype html PUBLIC"a">',
    "<!doctype html public'a'>",
    '<!doctype html public x>',
  ],
  'before DOCTYPE public identifier': [
    '<!doctype html public  "a">',
    '<!doctype html public >',
    "<!doctype html public 'a'>",
    '<!doctype html public  x',
  ],
  'DOCTYPE public identifier (double-quoted)': [
    '<!doctype html public "a\0\r\n>b">',
    '<!doctype html public "-//W3C//DTD HTML 3.2//EN">',
    '<!doctype html public "a',
  ],
  'DOCTYPE public identifier (single-quoted)': ["<!doctype html public 'a\0>b'>", "<!doctype html public 'a"],
  'after DOCTYPE public identifier': [
    '<!doctype html public "a""b">',
    "<!doctype html public 'a''b'>",
    '<!doctype html public "a"x>',
    '<!doctype html public "a"',
  ],
  'between DOCTYPE public and system identifiers': [
    '<!doctype html public "a" "b">',
    '<!doctype html public "a" >',
    '<!doctype html public "a" x',
  ],
  'after DOCTYPE system keyword': [
    '<!doctype html system>',
    '<!doctype html SYSTEM"a">',
    "<!doctype html system'a'>",
    '<!doctype html system x>',
  ],
  'before DOCTYPE system identifier': [
    '<!doctype html system  "about:legacy-compat">',
    '<!doctype html system >',
    '<!doctype html system  x',
  ],
  'DOCTYPE system identifier (double-quoted)': ['<!doctype html system "a\0>b">', '<!doctype html system "a'],
  'DOCTYPE system identifier (single-quoted)': ["<!doctype html system 'a\0>b'>", "<!doctype html system 'a"],
  'after DOCTYPE system identifier': ['<!doctype html system "a" >', '<!doctype html system "a"x>', '<!doctype html system "a"'],
  'bogus DOCTYPE': ['<!doctype html x\0y "> z">', '<!doctype html x', 'a<!doctype html>b', '<table>a<!doctype html>b'],
  'CDATA section': [
    '<svg><![CDATA[a<b>&amp;\0\0\r\n ]]>x',
    '<svg><![CDATA[a',
    '<svg><desc><![CDATA[a]]>',
    '<math><mi><![CDATA[a]]></mi><![CDATA[ ]]>',
  ],
  'CDATA section bracket': ['<svg><![CDATA[a]b]]>x', '<svg><![CDATA[a]'],
  'CDATA section end': ['<svg><![CDATA[a]]b]]]>x', '<svg><![CDATA[a]]'],
  'character reference': ['&', '& &x &#', '&<p>', 'a&', '<title>&</title>'],
  'named character reference': [
    '&amp &amp; &ampx &notit; &notin; &not',
    '&NotEqualTilde;&AMP&zwnj;',
    '<title>&ampx</title>',
    '<pre>&NewLine;x',
  ],
  'ambiguous ampersand': ['&xyz; &xyz &abc&def;', '<p a=&xyz;>'],
  'numeric character reference': ['&#; &#x; &#X', '&#a', '&#&#'],
  'hexadecimal character reference start': ['&#xg;', '&#x'],
  'decimal character reference start': ['&#a;', '&#'],
  'hexadecimal character reference': ['&#x41;&#X4a&#x41g', '&#x20;&#xA;&#x110000;&#xD800;', '<pre>&#xA;x'],
  'decimal character reference': ['&#65;&#65a&#65', '&#13;\n&#10;', '&#128;&#159;&#150;'],
  'numeric character reference end': ['&#0;&#x80;&#xFFFF;&#1;&#13;&#99999999999;', '<table>&#32;x&#0;'],
};

/** What tree construction makes much of, as start or end tags. */
const NAMES = [
  ...['html', 'head', 'body', 'frameset', 'frame', 'title', 'style', 'script', 'noscript', 'template', 'base', 'meta', 'link', 'textarea'],
  ...['p', 'div', 'pre', 'a', 'b', 'i', 'font', 'nobr', 'ul', 'li', 'dd', 'dt', 'h1', 'h2', 'button', 'form', 'input', 'select', 'option'],
  ...['optgroup', 'table', 'caption', 'colgroup', 'col', 'tbody', 'tr', 'td', 'th', 'svg', 'desc', 'foreignObject', 'math', 'mi', 'mglyph'],
  ...[
    'annotation-xml',
    'ruby',
    'rb',
    'rt',
    'br',
    'hr',
    'img',
    'image',
    'object',
    'marquee',
    'iframe',
    'xmp',
    'plaintext',
    'listing',
    'x-y',
  ],
];
const ATTRIBUTES = [
  '',
  '',
  '',
  ' a=1',
  ' a="x&amp;y\r\n"',
  " b='",
  ' color=red',
  ' type=hidden',
  ' xlink:href=x definitionURL=y',
  '/',
  ' a a',
  ' encoding=text/html',
];
const TEXTS = [
  'x',
  ' ',
  '\n',
  '\r\n',
  '\r',
  ' x ',
  'x y',
  '\0',
  '\0\0',
  '&amp;',
  '&#13;',
  '&lt',
  '<',
  '</',
  '<!--',
  '-->',
  ']]>',
  '<![CDATA[',
  '"',
  "'",
  '>',
  '--!>',
  '\uD83D',
];

const tag = fc.tuple(
  fc.constantFrom('<', '<', '</'),
  fc.constantFrom(...NAMES),
  fc.constantFrom(...ATTRIBUTES),
  fc.constantFrom('>', '>', '>', '>', '>', ' ', ''),
);

const piece = fc.oneof(
  { weight: 6, arbitrary: tag.map((parts) => parts.join('')) },
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.values(TOKENIZER_STATES).flat()) },
);

/** Markup of pieces that parsers treat each in its own way. */
export const anyMarkup = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

/** One of these texts, cut out at random and changed in a few places. */
export function mutationOf(texts: readonly string[]): fc.Arbitrary<string> {
  const part = fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.integer({ min: 0, max: 3000 }))
    .map(([text, start, length]) => text.slice(start % text.length).slice(0, length));
  const change = fc.tuple(fc.nat(), fc.nat({ max: 40 }), fc.oneof(fc.constant(''), piece));
  return fc.tuple(part, fc.array(change, { maxLength: 6 })).map(([text, changes]) =>
    changes.reduce((changed, [where, removed, put]) => {
      const at = where % (changed.length + 1);
      return changed.slice(0, at) + put + changed.slice(at + (where % 2 === 0 ? removed : 0));
    }, text),
  );
}

/** A page as people and their tools write them, with a little of everything and some mistakes. */
export const ORDINARY_PAGE = `<!DOCTYPE html>
<!--[if lt IE 9]><html class="ie"><![endif]-->
<html lang=en class="no-js">
<head>
<meta charset="utf-8"><meta name=viewport content="width=device-width, initial-scale=1" />
<title>Fish &amp; chips &ndash; The Harbour Post</title>
<link rel="stylesheet" href="/style.css?v=3&amp;min=1"><link rel=canonical href=/fish>
<style>/* <p> */ a > b { content: "</p>" } @media print { nav { display: none } }</style>
<script>window.page = { "html": "<a href='x'>", n: 1 < 2 && 3 > 2 }; document.documentElement.className = '';</script>
<script type="application/ld+json">{"@type": "Article", "name": "Fish <b>and<\\/b> chips"}</script>
<!-- <script> --><noscript><link rel=stylesheet href=plain.css></noscript>
<script><!--
document.write("<script src=x></scr" + "ipt>");
//--></script>
</head>
<body class="home page" onload="go('a&b', &quot;c&quot;)">
<nav><ul id=menu><li><a href="/" title="Home &rarr;">Home</a><li class=on><a href=/news>News<span>&nbsp;(3)</span></a></li><li><a href="/a?b=1&c=2&copy=3">More</a></ul></nav>
<main><article><h1>Fish <em>and</em> chips</h1>
<p>A first paragraph, with a <b>bold <i>and slanted</b> end</i>.
<p>A second one &mdash; with <code>a &lt; b</code>, a <br> break and 20&deg; <sub>below</sub>.
<div class='box' data-x='{"a":1}'><p>Inside <a href=one>one <div>two</div> three</a></div>
<pre>
  kept   as it is
</pre>
<table border=1><caption>Prices</caption><thead><tr><th>What<th>How much</thead>
<tr><td>Cod</td><td>&pound;5</td></tr>stray<tr><td><table><tr><td>1</table><td><form><input name=q type=hidden value="&lt;">
</table>
<svg viewBox="0 0 10 10" xmlns:xlink="http://www.w3.org/1999/xlink"><title>Logo</title><defs><linearGradient id="g"/></defs><g><path d="M0 0L5 5"/>
<use xlink:href="#g"/></g><foreignObject><p>html</p></foreignObject></svg> <math><mi>x</mi><mo>&lt;</mo><annotation-xml encoding="text/html"><p>y</annotation-xml></math>
<form action=/search method=get><label>Search <input type=search name=q></label><select name=s><option selected>a<option>b<optgroup label=c><option>d</select>
<textarea name=t>
a &amp; <b></textarea><button type=submit disabled>Go<p></button></form>
<template><tr><td>row</td></tr></template><iframe src=x><p></iframe>
<dl><dt>a<dd>b<dt>c<dd>d</dl><ruby>e<rp>(<rt>f<rp>)</ruby>
</article></main>
<footer><p>&copy; 2026 <font color=red size=2>The <font face=x>Post</p><a href="mailto:a@b.example">Write</a></footer>
</body>
</html>
<!-- made in 0.1 s -->
`;
