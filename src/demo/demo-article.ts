/** A page with something for every view: headings, links of all kinds, metadata, a table, code and JSON-LD. */
export const ARTICLE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>How a page travels</title>
<meta name="description" content="Five steps from a URL to a page, and what can be measured at each.">
<meta name="author" content="The Pagewire demo">
<meta property="og:title" content="How a page travels">
<meta property="og:type" content="article">
<meta property="og:image" content="/sunrise.png">
<meta name="twitter:card" content="summary_large_image">
<link rel="canonical" href="http://pagewire.test/article.html">
<link rel="icon" href="/sunrise.png" type="image/png">
<link rel="alternate" hreflang="en" href="/article.html">
<script type="application/ld+json">
{
  "@context": "https://schema.org",
  "@type": "Article",
  "headline": "How a page travels",
  "datePublished": "2026-11-02",
  "author": { "@type": "Organization", "name": "The Pagewire demo" },
  "image": "http://pagewire.test/sunrise.png"
}
</script>
</head>
<body>
<header>
<nav aria-label="Site">
<a href="/page1.htm">First page</a>
<a href="/romeo.txt">Four lines of verse</a>
<a href="#measured">What was measured</a>
</nav>
</header>
<main>
<article>
<h1>How a page travels</h1>
<p>A page does not come as one thing. It is asked for by a name, fetched from an address, and read in an encoding that somebody
declared, or forgot to. This article exists so that each of these steps can be looked at with no network but the one inside the
machine, and so that every view of Pagewire has something to show.</p>
<h2>From a name to an address</h2>
<p>Most names lead to an address by way of the <a href="https://www.rfc-editor.org/rfc/rfc1034" rel="external">domain name system</a>.
Some never do: those that end in <code>.test</code> were <a href="https://www.rfc-editor.org/rfc/rfc6761#section-6.2" rel="external nofollow"
title="Section 6.2">set aside</a> so that examples could use them. The host of this page is one of these, which is why nobody was asked
where it is.</p>
<h2>From bytes to characters</h2>
<p>What arrives are bytes. The same sentence is here <a href="sentence-utf-8.txt">in one encoding</a>,
<a href="sentence-shift_jis.txt">in another</a>, and <a href="sentence-utf-8-declared-as-windows-1252.txt">under a name that is not its
own</a>; a reader who believes the wrong name sees strange letters where quotation marks should be.</p>
<pre><code>curl --include http://127.0.0.1:3000/fetch?url=http://pagewire.test/romeo.txt
</code></pre>
<h2 id="measured">What was measured</h2>
<p>Three contents of this demo, and what there is to notice about each. The numbers are those of the files, and anybody can count them
again.</p>
<table>
<caption>Contents of the demo</caption>
<thead><tr><th scope="col">What</th><th scope="col">Bytes</th><th scope="col">Arrives</th></tr></thead>
<tbody>
<tr><th scope="row">Four lines of verse</th><td>167</td><td rowspan="2">at once</td></tr>
<tr><th scope="row">A compressed list</th><td>far fewer than it has characters</td></tr>
<tr><th scope="row">A picture</th><td>230,738</td><td>in twelve pieces</td></tr>
</tbody>
</table>
<figure><img src="/sunrise.png" srcset="/sunrise.png 320w" alt="The sun above a dark horizon" width="320" height="240">
<figcaption>A picture made of nothing but arithmetic.</figcaption></figure>
<p>Where a step goes wrong it is worth seeing how: <a href="/old">an address that moved twice</a>, <a href="/loop">one that leads to
itself</a>, <a href="/missing">a page that is not there</a>.</p>
</article>
</main>
<footer>
<a href="mailto:demo@pagewire.test">Mail</a>
<a href="tel:+15550100">Telephone</a>
<a href="javascript:void(0)">A script</a>
<a href="http://other.example/">Another site</a>
<map name="corners"><area href="/page2.htm" alt="Second page" shape="rect" coords="0,0,10,10"></map>
</footer>
</body>
</html>
`;
