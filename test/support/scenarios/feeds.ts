import { html, response, type Scenarios, text } from './response.ts';

const RSS = `<?xml version="1.0"?>
<rss version="2.0"><channel><title>News</title><link>/</link><description>What is new.</description><language>en</language>
<item><guid isPermaLink="false">1</guid><title>First</title><link>/1</link><pubDate>Mon, 23 Nov 2026 10:00:00 +0100</pubDate></item>
<item><guid isPermaLink="false">2</guid><title>Second</title><link>/2</link><enclosure url="2.mp3" type="audio/mpeg" length="5000000000"/></item>
</channel></rss>`;

const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'News',
  items: [{ id: '1', url: '1', content_text: 'It began.' }],
});

const PAGE = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The whole page</title>
<meta name="description" content="A page with all there is.">
<link rel="icon" href="/icon.png" sizes="32x32"><link rel="alternate" type="application/rss+xml" href="rss" title="News">
<meta property="og:image" content="/cover.png"><meta property="og:image:width" content="1200">
<meta name="robots" content="noarchive"><meta http-equiv="refresh" content="60">
<script type="application/ld+json">[{"@type":"Article","datePublished":"2026-11-23"}]</script><script type="application/ld+json">{"a":}</script>
</head><body itemscope itemtype="https://schema.org/WebPage"><h1 itemprop="name">Heading</h1><a href="/feed/page">This page</a></body></html>`;

/** Pages that say something of themselves, and feeds. */
export const feeds: Scenarios = {
  '/feed/rss': response(RSS, [['Content-Type', 'application/rss+xml']]),
  '/feed/as-html': html(RSS),
  '/feed/as-text': text(RSS),
  '/feed/json': response(JSON_FEED, [['Content-Type', 'application/feed+json']]),
  '/feed/page': html(PAGE, [
    ['Link', '</canonical>; rel="canonical", <de>; rel=alternate; hreflang=de'],
    ['X-Robots-Tag', 'googlebot: nosnippet'],
    ['Content-Language', 'fr'],
  ]),
};
