/** F7: many callers of one fresh page, which is retrieved once, beside `node:http` that sends the same JSON. */
import { inTurn, ratioOf, spreadOf } from '../support/side-by-side.mjs';
import { cpuOfEach, madeTarget } from '../support/retrievals.mjs';
import { number, row, times } from '../support/words.mjs';

const CALLERS = 64;
/** About what a page of the corpus has. */
const PAGE = { bytes: 190_000, links: 170 };
const LEAST = 0.7;

export async function manyCallers(bench) {
  const { options, startBare, startServer } = bench;
  const [server, bare] = [await startServer(), await startBare()];
  const target = madeTarget(bench, PAGE);
  const pathOf = (name) => `/links?url=${encodeURIComponent(`${target}?fresh=1&n=${name}`)}`;
  const answer = await (await fetch(server.url + pathOf('first'))).text();
  await bare.ask('say', { text: answer });
  let page = 0;
  const ways = {
    cached: { what: 'the page is in the cache', count: options.cachedAnswers, each: () => pathOf('first') },
    coalesced: { what: 'each burst asks for a page of its own', count: CALLERS, each: () => pathOf(`burst-${String(++page)}`) },
  };
  const rows = [];
  for (const [name, { what, count, each }] of Object.entries(ways)) {
    const runs = Math.ceil(options.cachedAnswers / count);
    // As many bursts as make up a round.
    const side = (one) => async () => {
      let sum = 0;
      for (let run = 0; run < runs; run += 1) sum += await cpuOfEach(bench, one, { path: each(), lanes: CALLERS, count });
      return sum / runs;
    };
    const given = await inTurn({ pagewire: side(server), bare: side(bare) }, options);
    const rates = Object.fromEntries(Object.entries(given).map(([side_, values]) => [side_, 1000 / spreadOf(values).median]));
    rows.push(
      row({
        what: `rate of \`/links\` for ${String(CALLERS)} callers of one fresh page, ${name}, beside \`node:http\` sending the same JSON`,
        asked: `${String(LEAST)} × its rate or more`,
        spread: ratioOf(given.bare, given.pagewire),
        write: times,
        measured: `${number(rates.pagewire)} against ${number(rates.bare)} answers of ${number(answer.length / 1024)} KiB a second of processor time; ${what}; ${number(runs * count)} a round, ${String(options.rounds)} rounds`,
        least: LEAST,
      }),
    );
  }
  return rows;
}
