/**
 * Views as everyone would write them: retrieve the page, `cheerio.load` it, ask. On `node:http` and undici, so that nothing
 * but cheerio is told apart: `GET /wordcount?url=`, `/metadata`, `/tags`.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Agent, request as retrieve } from 'undici';

const cheerio = createRequire(join(process.argv[2], 'package.json'))('cheerio');
const dispatcher = new Agent({ allowH2: false });

const VIEWS = {
  wordcount($) {
    $('script, style, noscript, template').remove();
    const counts = new Map();
    for (const word of $('body').text().split(/\s+/)) if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1);
    const words = [...counts].map(([word, count]) => ({ word, count }));
    return { total: words.reduce((sum, { count }) => sum + count, 0), words: words.sort((one, other) => other.count - one.count) };
  },
  metadata($) {
    const all = (selector, read) =>
      $(selector)
        .toArray()
        .map((element) => read($(element)));
    const prefixed = (prefix, name) =>
      all(`meta[${name}^="${prefix}"]`, (meta) => ({ name: meta.attr(name), content: meta.attr('content') ?? null }));
    return {
      title: $('title').first().text(),
      description: $('meta[name="description"]').attr('content') ?? null,
      canonical: $('link[rel="canonical"]').attr('href') ?? null,
      language: $('html').attr('lang') ?? null,
      icons: all('link[rel~="icon"]', (link) => link.attr('href')),
      feeds: all('link[type="application/rss+xml"], link[type="application/atom+xml"]', (link) => link.attr('href')),
      alternates: all('link[rel="alternate"][hreflang]', (link) => ({ href: link.attr('href'), hreflang: link.attr('hreflang') })),
      openGraph: prefixed('og:', 'property'),
      twitter: prefixed('twitter:', 'name'),
      jsonLd: all('script[type="application/ld+json"]', (script) => script.text()),
      meta: all('meta', (meta) => meta.attr()),
    };
  },
  tags($) {
    const tags = $('a')
      .toArray()
      .map((element) => ({
        name: element.name,
        html: $.html(element),
        attributes: Object.entries(element.attribs).map(([name, value]) => ({ name, value })),
        text: $(element).text().trim().replaceAll(/\s+/g, ' '),
        contents: $(element)
          .contents()
          .toArray()
          .map((node) => $.html(node)),
      }));
    return { total: tags.length, tags };
  },
};

const server = createServer(async ({ url }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://server');
  const { body } = await retrieve(searchParams.get('url'), { dispatcher });
  const content = JSON.stringify(VIEWS[pathname.slice(1)](cheerio.load(await body.text())));
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(content) }).end(content);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ id: 'ready', result: { port: server.address().port } }));
process.on('disconnect', () => process.exit(0));
