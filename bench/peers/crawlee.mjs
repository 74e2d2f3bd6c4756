/** Crawlee's CheerioCrawler as its documentation has it, 16 at a time: each order of URLs is a crawl that lists the links of every page as JSON. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

// Nothing is kept on disk, and what goes well is not told.
Object.assign(process.env, { CRAWLEE_PERSIST_STORAGE: 'false', CRAWLEE_LOG_LEVEL: 'ERROR' });
const { CheerioCrawler, Configuration } = createRequire(join(process.argv[2], 'package.json'))('@crawlee/cheerio');

async function crawl(urls) {
  let answers = 0;
  let bytes = 0;
  const crawler = new CheerioCrawler(
    {
      minConcurrency: 16,
      maxConcurrency: 16,
      requestHandler({ $ }) {
        const links = $('a[href], area[href]')
          .toArray()
          .map((element) => ({ href: $(element).attr('href'), text: $(element).text() }));
        bytes += JSON.stringify(links).length;
        answers += 1;
      },
    },
    new Configuration({ persistStorage: false, availableMemoryRatio: 0.5 }),
  );
  await crawler.run(urls);
  return answers === urls.length ? { answers, bytes } : { failed: `Crawlee read ${String(answers)} of ${String(urls.length)} pages` };
}

process.on('message', async ({ id, urls }) => process.send({ id, result: await crawl(urls) }));
process.on('disconnect', () => process.exit(0));
process.send({ id: 'ready', result: null });
