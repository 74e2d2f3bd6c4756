/** F5: small answers through the whole pipe, beside `node:http` that sends the same bytes. */
import { inTurn, ratioOf, spreadOf } from '../support/side-by-side.mjs';
import { cpuOfEach } from '../support/retrievals.mjs';
import { number, row, times } from '../support/words.mjs';

const LANES = 32;
/** Times the rate of `node:http`. */
const LEAST = { '/encode?text=H': 0.5, '/health/live': 0.8 };

export async function smallAnswers(bench) {
  const { options, startBare, startServer } = bench;
  const [server, bare] = [await startServer(), await startBare()];
  const rows = [];
  for (const [path, least] of Object.entries(LEAST)) {
    const answer = await fetch(server.url + path);
    await bare.ask('say', { text: await answer.text() });
    const order = { path, lanes: LANES, count: options.smallAnswers };
    const given = await inTurn(
      {
        pagewire: () => cpuOfEach(bench, server, order),
        bare: () => cpuOfEach(bench, bare, order),
      },
      options,
    );
    // What a server can answer in a second is what fits into a second of its processor.
    const rates = Object.fromEntries(Object.entries(given).map(([name, each]) => [name, 1000 / spreadOf(each).median]));
    rows.push(
      row({
        what: `rate of \`${path}\` beside \`node:http\` sending the same bytes`,
        asked: `${String(least)} × its rate or more`,
        spread: ratioOf(given.bare, given.pagewire),
        write: times,
        measured: `${number(rates.pagewire)} against ${number(rates.bare)} answers a second of processor time; ${number(options.smallAnswers)} a round, ${String(options.rounds)} rounds, ${String(LANES)} in flight`,
        least,
      }),
    );
  }
  return rows;
}
