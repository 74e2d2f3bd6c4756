/** Crawlee's CheerioCrawler as its documentation has it, on its memory alone, goes through a site: each order is a crawl of its own. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

// Nothing is kept on disk, and what goes well is not told.
Object.assign(process.env, { CRAWLEE_PERSIST_STORAGE: 'false', CRAWLEE_LOG_LEVEL: 'ERROR' });
const { CheerioCrawler, Configuration } = createRequire(join(process.argv[2], 'package.json'))('@crawlee/cheerio');

async function crawl({ seed, origins, concurrency }) {
  let pages = 0;
  let bytes = 0;
  const within = new Set(origins);
  const crawler = new CheerioCrawler(
    {
      minConcurrency: concurrency,
      maxConcurrency: concurrency,
      respectRobotsTxtFile: true,
      async requestHandler({ $, enqueueLinks, request }) {
        // What a result of a page is: its title, its links with their texts.
        const links = $('a[href], area[href]')
          .toArray()
          .map((element) => ({ href: $(element).attr('href'), text: $(element).text() }));
        bytes += JSON.stringify({ url: request.url, title: $('title').text(), links }).length;
        pages += 1;
        await enqueueLinks({
          strategy: 'all',
          transformRequestFunction: (found) => (within.has(new URL(found.url).origin) ? found : false),
        });
      },
    },
    new Configuration({ persistStorage: false, availableMemoryRatio: 0.5 }),
  );
  const startedAt = performance.now();
  await crawler.run([seed]);
  return { pages, bytes, seconds: (performance.now() - startedAt) / 1000 };
}

process.on('message', async ({ id, ...order }) => process.send({ id, result: await crawl(order) }));
process.on('disconnect', () => process.exit(0));
process.send({ id: 'ready', result: null });
