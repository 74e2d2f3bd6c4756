/** F2: what `/links` costs a page, beside a server that retrieves the same page and answers nothing. */
import { inTurn, ratioOf, spreadOf } from '../support/side-by-side.mjs';
import { cpuOfEach, targetsOf } from '../support/retrievals.mjs';
import { milliseconds, number, row, times } from '../support/words.mjs';

/** Times the floor. */
const MOST = { identity: 4.5, gzip: 2 };

export async function linksBesideTheFloor(bench) {
  const { options, startFloor, startServer } = bench;
  const [server, floor] = [await startServer(), await startFloor()];
  const rows = [];
  for (const coding of ['identity', 'gzip']) {
    const targets = targetsOf(bench, coding);
    // The cheap side goes over the pages more often: the system counts time in hundredths of a second.
    const counts = { links: targets.length * options.passes, floor: targets.length * options.passes * 3 };
    const given = await inTurn(
      {
        links: () => cpuOfEach(bench, server, { view: '/links', targets, count: counts.links }),
        floor: () => cpuOfEach(bench, floor, { view: '/', targets, count: counts.floor }),
      },
      options,
    );
    rows.push(
      row({
        what: `CPU of \`/links\` a page, ${coding}, beside the floor`,
        asked: `${String(MOST[coding])} × the floor or less`,
        spread: ratioOf(given.links, given.floor),
        write: times,
        measured: `${milliseconds(spreadOf(given.links).median)} against ${milliseconds(spreadOf(given.floor).median)}; ${number(counts.links)} and ${number(counts.floor)} retrievals a round, ${String(options.rounds)} rounds, 16 in flight`,
        most: MOST[coding],
      }),
    );
  }
  return rows;
}
