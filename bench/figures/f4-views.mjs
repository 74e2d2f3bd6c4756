/** F4: what other views cost a page, beside the floor or beside `cheerio.load` on the floor. */
import { inTurn, ratioOf, spreadOf } from '../support/side-by-side.mjs';
import { cpuOfEach, targetsOf } from '../support/retrievals.mjs';
import { milliseconds, number, row, times, unmeasured } from '../support/words.mjs';

const BESIDE_FLOOR = [
  { view: '/headers', most: 1.5, asked: '1.5 × the floor or less' },
  { view: '/body', most: 2, asked: '2 × the floor or less' },
];
const BESIDE_CHEERIO = [
  { view: '/wordcount', most: 1 / 4, asked: "1/4 of cheerio's or less" },
  { view: '/metadata', most: 1 / 4, asked: "1/4 of cheerio's or less" },
  { view: '/tags', most: 1 / 3, asked: "1/3 of cheerio's or less" },
];

export async function views(bench) {
  const { peers, options, startFloor, startHttp, startServer } = bench;
  const [server, floor] = [await startServer(), await startFloor()];
  const targets = targetsOf(bench, 'identity');
  const rows = [];
  const compare = async ({ view, most, asked }, { name, other, otherView, count, otherCount, rounds }) => {
    const given = await inTurn(
      {
        pagewire: () => cpuOfEach(bench, server, { view, targets, count }),
        other: () => cpuOfEach(bench, other, { view: otherView, targets, count: otherCount }),
      },
      { ...options, rounds },
    );
    const [ours, theirs] = [given.pagewire, given.other].map((values) => milliseconds(spreadOf(values).median));
    rows.push(
      row({
        what: `CPU of \`${view}\` a page, beside ${name}`,
        asked,
        spread: ratioOf(given.pagewire, given.other),
        write: times,
        measured: `${ours} against ${theirs}; ${number(count)} and ${number(otherCount)} pages a round, ${String(rounds)} rounds, 16 in flight`,
        most,
      }),
    );
  };
  const passes = targets.length * options.passes;
  for (const each of BESIDE_FLOOR) {
    await compare(each, {
      name: 'the floor',
      other: floor,
      otherView: '/',
      count: 2 * passes,
      otherCount: 3 * passes,
      rounds: options.rounds,
    });
  }
  if (!peers?.cheerio) {
    for (const { view, asked } of BESIDE_CHEERIO)
      rows.push(unmeasured(`CPU of \`${view}\` a page, beside cheerio`, asked, peers?.why ?? 'ask with --peers'));
    return rows;
  }
  const cheerio = await startHttp('peers/cheerio-server.mjs', [peers.folder]);
  for (const each of BESIDE_CHEERIO) {
    await compare(each, {
      name: `cheerio.load ${peers.cheerio}`,
      other: cheerio,
      otherView: each.view,
      count: targets.length,
      otherCount: targets.length,
      rounds: Math.ceil(options.rounds / 2),
    });
  }
  return rows;
}
