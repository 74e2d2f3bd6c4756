/** F1: links with their texts from bytes, alone, beside htmlparser2 and cheerio; and whether they are those of parse5. */
import { inTurn, ratioOf, spreadOf } from '../support/side-by-side.mjs';
import { number, row, times, unmeasured } from '../support/words.mjs';

const LEAST = { htmlparser2: 4, cheerio: 40 };
const NAMES = { htmlparser2: 'htmlparser2 streaming', cheerio: 'cheerio.load' };

export async function linkScanner(bench) {
  const { corpus, options, origin, peers, startChild } = bench;
  const reader = (way) => startChild('support/link-reader.mjs', [way, peers?.folder ?? '', ...(corpus === undefined ? [] : [corpus])]);
  const rows = [await agreement(origin.facts.pages, await reader('pagewire'), await reader('parse5'))];
  const ways = ['pagewire', 'htmlparser2', ...(peers?.cheerio ? ['cheerio'] : [])];
  const costs = {};
  for (const way of ways) {
    const child = await reader(way);
    costs[way] = async () => (await child.ask('cost')).microseconds;
  }
  const given = await inTurn(costs, options);
  const { bytes } = origin.facts;
  const rateOf = (values) => `${number(bytes / spreadOf(values).median)} MB/s`;
  for (const [way, least] of Object.entries(LEAST)) {
    const what = `links with texts from bytes, beside ${NAMES[way]}`;
    const asked = `${String(least)} × its rate or more`;
    if (given[way] === undefined) {
      rows.push(unmeasured(what, asked, peers?.why ?? 'ask with --peers'));
      continue;
    }
    rows.push(
      row({
        what,
        asked,
        spread: ratioOf(given[way], given.pagewire),
        write: times,
        measured: `${rateOf(given.pagewire)} against ${rateOf(given[way])} by processor time of one thread; all pages a round, ${String(options.rounds)} rounds`,
        least,
      }),
    );
  }
  return rows;
}

/** On how many pages every `href` and text is the same, in order. */
async function agreement(pages, ours, theirs) {
  let equal = 0;
  let links = 0;
  for (let page = 0; page < pages; page += 1) {
    const [one, other] = await Promise.all([ours.ask('links', { page }), theirs.ask('links', { page })]);
    links += other.length;
    if (JSON.stringify(one) === JSON.stringify(other)) equal += 1;
  }
  return {
    what: 'links with texts from bytes: those of parse5',
    asked: `every href and text on ${String(pages)} of ${String(pages)} pages`,
    median: `${String(equal)} of ${String(pages)}`,
    spread: '',
    measured: `${number(links)} links; scripting off, template content left out`,
    passed: equal === pages,
  };
}
