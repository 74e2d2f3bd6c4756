import { html, type Scenarios } from './response.ts';

const PARAGRAPH = 'The tide came in, slowly at first, then faster, and the boats rose with it, one after another, until noon.';

const ARTICLE = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The tides rise again today | The Harbour Post</title>
<meta name="author" content="Ada Quay"><meta name="description" content="Water, and more of it.">
<meta property="article:published_time" content="2026-11-23T10:00:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav>
<article><h1>The tides rise again today</h1><p>${PARAGRAPH}</p><h2>At the quay</h2><p>${PARAGRAPH} <em>All</em> of it is in <a href="tables">the tables</a>.</p>
<ul><li>Low: 1 m<ul><li>at dawn</li></ul></li><li>High: 5 m</li></ul>
<pre><code class="language-js">const tide = 5 &lt; 6;</code></pre>
<table><thead><tr><th>Port</th><th>High</th></tr></thead><tbody><tr><td>North</td><td>5 m</td></tr><tr><td>South</td><td>4 m</td></tr></tbody></table>
<p>${PARAGRAPH}</p><p>${PARAGRAPH}</p></article><footer>All rights reserved.</footer></body></html>`;

/** Pages that are written to be read. */
export const articles: Scenarios = {
  '/articles/tides': html(ARTICLE),
  '/articles/two-tables': html('<table><tr><th>a<tr><td>1</table><table><tr><td>2<td>3</table>'),
};
