import { HOSTILE_PAGES } from '../hostile-pages.ts';
import { html, latin1, type OriginRequest, response, type Scenario, type Scenarios } from './response.ts';

function numberOf({ url }: OriginRequest, name: string): number {
  return Number(url.searchParams.get(name) ?? '0');
}

/** One link of every kind, in the order of the list of kinds, seen from `/links/kinds`. */
const KINDS = `<!DOCTYPE html>
<title>Kinds</title>
<p><a href="inside.html">internal</a>
<a href="https://elsewhere.example/x?y=1">external</a>
<a href="#part">fragment</a>
<a href="mailto:romeo@example.com">mail</a>
<a href="tel:+123">tel</a>
<a href="javascript:alert(1)">script</a>
<a href="data:text/plain,hello">data</a>
<a href="magnet:?xt=urn:example">other</a>
<a href="http://[broken/">invalid</a>
<map><area href="area.html" alt="not text"></map>
<a name="anchor-without-href">no link</a>
<a href="inside.html" rel="NoFollow next" title="Again">  internal
  <b>again</b> </a>
`;

const BASE = `<!DOCTYPE html>
<base target="_top"><base href="/deep/er/"><base href="http://second.example/">
<a href="one">1</a><a href="../two?q#f">2</a><a href="//three.example/x">3</a><a href="">4</a>
`;

/** What a scanner for anchors gets wrong: links in comments, scripts, attributes, `noscript` and `template`. */
const TRICKY = `<!DOCTYPE html>
<!-- <a href="comment">no</a> -->
<script>var a = '<a href="script">no</a>';</script>
<style>/* <a href="style">no</a> */</style>
<textarea><a href="textarea">no</a></textarea>
<template><a href="template">no</a></template>
<div data-x='<a href="attribute">no</a>'></div>
<noscript><a href="noscript">yes</a></noscript>
<A HREF=unquoted>yes</A>
<a href='single &amp; &quot;quoted&quot;'>yes</a>
<a
  href = "  spaced.html
">yes</a>
<a href="first" href="second">yes</a>
<a href="outer">outer <a href="inner">inner</a></a>
<a href="unclosed">yes
`;

const WORDS = `<!DOCTYPE html><html><head><title>not seen</title><style>p { color: red }</style></head><body>
<script>var hidden = 'hidden';</script>
<p>To be or not <b>to</b> be</p><p>To be</p>
<!-- comment words -->
</body></html>
`;

const TABLE = `<!DOCTYPE html>
<p id="first" class="a b" data-Empty>One</p>
<p>Two<br>lines</p>
<P>Three</P>
<img src="x.png" alt="picture"><custom-element>custom</custom-element>
`;

/** `/links/many?n=1000`: that many links, each another. */
const many: Scenario = (request) =>
  html(
    Array.from({ length: numberOf(request, 'n') }, (_, index) => `<a href="/item/${String(index)}">item ${String(index)}</a>\n`).join(''),
  );

/** Pages for the views. */
export const pages: Scenarios = {
  '/links/kinds': html(KINDS),
  '/links/base': html(BASE),
  '/links/tricky': html(TRICKY),
  '/links/many': many,
  '/links/to-page2': html('<a href="/page2.htm">Second Page</a>'),
  '/links/in-utf-16': response(Buffer.from('\uFEFF<a href="страница">Привет</a>', 'utf16le'), [['Content-Type', 'text/html']]),
  '/links/in-shift_jis': response(latin1('<a href="/\x82\xe0?\x82\xe0">\x82\xe0\x82\xb5\x82\xe0</a>'), [
    ['Content-Type', 'text/html; charset=shift_jis'],
  ]),
  '/links/none': html('<p>no links</p>'),
  '/tags/table': html(TABLE),
  '/words': html(WORDS),
};

/** Pages that cost a careless parser its life: `name` is one of HOSTILE_PAGES, `bytes` about its size. */
export const hostilePages: Scenarios = {
  '/hostile/deep': (request) => html(`${'<div>'.repeat(numberOf(request, 'n'))}<a href="x">x</a>`),
  '/hostile/page': (request) => {
    const { type, make } = HOSTILE_PAGES[request.url.searchParams.get('name') ?? ''] ?? { type: 'text/plain', make: () => 'no such page' };
    return response(make(numberOf(request, 'bytes')), [['Content-Type', type]]);
  },
  '/hostile/external-entities': (request) => {
    const secret = `http://${request.url.host}/hostile/secret`;
    return response(
      `<?xml version="1.0"?><!DOCTYPE r SYSTEM "${secret}" [<!ENTITY x SYSTEM "${secret}"><!ENTITY % y SYSTEM "${secret}">%y;]><r>&x;</r>`,
      [['Content-Type', 'application/xml']],
    );
  },
};
