/**
 * The web that every side crawls, a process of its own: generated pages on several origins of loopback, and what is true of them. Every page can be
 * reached by links; there are no traps, redirects and failures, which each side counts in its own way.
 */
import { startWeb } from '../../test/support/web/generated-web.ts';
import { truthOf } from '../../test/support/web/web-truth.ts';

const [pages, origins, pageBytes, linksPerPage] = process.argv.slice(2).map(Number);
const web = await startWeb({ pages, origins, pageBytes, linksPerPage, oddLinks: 0, traps: false, robots: ['open'], pageMs: 10 });
const truth = truthOf(web.model, { seeds: [web.seed], token: null, followsNofollow: true });

const isPage = ({ path }) => !path.startsWith('/robots') && !path.startsWith('/sitemap');

/** What the crawl before this was like, seen from the origins: which pages it asked for, how often, and how many at once of one origin. */
function seen() {
  const asked = web.origins.flatMap((origin) =>
    web
      .requestsOf(origin)
      .filter(isPage)
      .map(({ path }) => origin + path),
  );
  const distinct = new Set(asked);
  const politeness = [...web.politeness(isPage).values()].filter(({ requests }) => requests > 0);
  return {
    asked: asked.length,
    missing: [...truth.asked.keys()].filter((url) => !distinct.has(url)).length,
    beyond: [...distinct].filter((url) => !truth.asked.has(url)).length,
    twice: asked.length - distinct.size,
    mostAtOnce: Math.max(...politeness.map(({ mostAtATime }) => mostAtATime)),
    smallestIntervalMs: Math.min(...politeness.map(({ smallestInterval }) => smallestInterval ?? Infinity)),
    smallestGapMs: Math.min(...politeness.map(({ smallestGapMs }) => smallestGapMs ?? Infinity)),
  };
}

process.on('message', ({ id, command }) => {
  const result = command === 'seen' ? seen() : null;
  if (command === 'forget') web.forget();
  process.send({ id, result });
});
process.on('disconnect', () => process.exit(0));
const links = truth.edges.length / truth.asked.size;
process.send({ id: 'ready', result: { seed: web.seed, origins: web.origins, pages: truth.asked.size, links } });
