/** F8: how the cost grows with the work: with the bytes of a page, with its links, with what is in flight. */
import { watch } from '../reliability/process-facts.mjs';
import { inTurn, spreadOf } from '../support/side-by-side.mjs';
import { cpuOfEach, madeTarget, ordered } from '../support/retrievals.mjs';
import { mebibytes, milliseconds, number, row } from '../support/words.mjs';

/** A link in so many bytes, as in the corpus. */
const BYTES_A_LINK = 1150;
const SIZES = { '10 KB': 10_000, '100 KB': 100_000, '1 MB': 1_000_000, '10 MB': 10_000_000 };
const LINKS = [10, 1000, 100_000];
const IN_FLIGHT = [1, 16, 64];
/** Times: what grows no faster than the work, with room for noise. */
const MOST = 1.5;

export async function growth(bench) {
  const rows = [];
  for (const [what, asked, measure] of [
    ['CPU of `/links` a byte, from 10 KB to 10 MB', `flat within ${String(MOST)} ×`, withBytes],
    ['time of `/links` a link, 100,000 links beside 1,000', `linear: ${String(MOST)} × or less`, withLinks],
    ['most memory by `/links` of 1 MB pages, 64 in flight beside 64 times 1 in flight', `linear: ${String(MOST)} × or less`, inFlight],
  ]) {
    try {
      const { spread, measured } = await measure(bench);
      rows.push(row({ what, asked, spread, write: (value) => `${value.toFixed(2)} ×`, measured, most: MOST }));
    } catch (error) {
      // The others are measured all the same.
      rows.push({ what, asked, median: '', spread: '', measured: String(error.message).slice(0, 300), passed: false });
    }
  }
  return rows;
}

/** A page with next to nothing in it: what a retrieval costs whatever the page. */
const EMPTY = { bytes: 200, links: 0 };

/**
 * Processor time a byte. What a retrieval costs whatever the page is taken away first, as it says nothing of growth; how many
 * requests a round has keeps the rounds of all sizes about as long.
 */
async function withBytes(bench) {
  const { options, startServer } = bench;
  const server = await startServer();
  const order = (page, count) => ({ view: '/links', targets: [madeTarget(bench, page)], count, lanes: 4 });
  const sides = { empty: () => cpuOfEach(bench, server, order(EMPTY, options.growth * 200)) };
  for (const [name, bytes] of Object.entries(SIZES)) {
    const count = Math.max(2, Math.round((options.growth * 5_000_000) / (bytes + 50_000)));
    sides[name] = () => cpuOfEach(bench, server, order({ bytes, links: Math.round(bytes / BYTES_A_LINK) }, count));
  }
  const given = await inTurn(sides, options);
  const fixed = spreadOf(given.empty).median;
  const aByte = Object.entries(SIZES).map(([name, bytes]) => ({
    name,
    nanoseconds: given[name].map((ms, round) => ((ms - given.empty[round]) * 1e6) / bytes),
  }));
  // Round by round: how many times the dearest byte costs what the cheapest does.
  const spread = spreadOf(given.empty.map((_, round) => ratioOfMost(aByte.map(({ nanoseconds }) => nanoseconds[round]))));
  const told = aByte.map(
    ({ name, nanoseconds }) =>
      `${name}: ${spreadOf(nanoseconds).median.toFixed(1)} ns (${milliseconds(spreadOf(given[name]).median)} a page)`,
  );
  return {
    spread,
    measured: `${told.join(', ')}, beyond the ${milliseconds(fixed)} of an empty page; ${String(options.rounds)} rounds`,
  };
}

/** What a small page costs beyond an empty one may be lost in the noise of a round: it is left out there. */
function ratioOfMost(values) {
  const told = values.filter((value) => value > 0);
  return Math.max(...told) / Math.min(...told);
}

/** Time of one request with nothing else to do: a page of 100,000 links against 100 times one of 1,000. */
async function withLinks(bench) {
  const { loader, options, startServer } = bench;
  const server = await startServer();
  const timeOf = (links, count) => async () => {
    const targets = [madeTarget(bench, { bytes: 0, links })];
    return (await ordered(loader, { server: server.url, view: '/links', targets, count, lanes: 1 })).p50;
  };
  const counts = { 10: 30, 1000: 15, 100_000: 1 };
  const given = await inTurn(Object.fromEntries(LINKS.map((links) => [links, timeOf(links, counts[links])])), options);
  const aLink = (links) => given[links].map((ms, round) => (ms - given[10][round]) / (links - 10));
  const [some, many] = [aLink(1000), aLink(100_000)];
  return {
    spread: spreadOf(many.map((value, round) => value / some[round])),
    measured: `${LINKS.map((links) => `${number(links)}: ${milliseconds(spreadOf(given[links]).median)}`).join(', ')}; pages of links alone; beyond the time of 10; ${String(options.rounds)} rounds`,
  };
}

/** Memory beyond that of a server at rest, with so many pages of a megabyte in flight, at four origins. */
async function inFlight(bench) {
  const { loader, options, origin, startServer } = bench;
  const peaks = Object.fromEntries(IN_FLIGHT.map((lanes) => [lanes, []]));
  const atRest = [];
  for (let round = 0; round < options.largeRounds; round += 1) {
    for (const lanes of IN_FLIGHT) {
      const server = await startServer();
      const targets = origin.facts.ports.map((_, port) => madeTarget(bench, { bytes: 1_000_000, links: 870, port }));
      const watcher = watch(server, 50);
      await ordered(loader, { server: server.url, view: '/links', targets, count: Math.max(options.growth * 16, lanes * 2), lanes });
      const { rssMb } = watcher.stop();
      peaks[lanes].push(rssMb);
      atRest.push(watcher.samples[0].rssMb);
      await server.end('SIGKILL');
    }
  }
  const rest = spreadOf(atRest).median;
  const growths = peaks[64].map((mb, round) => mb / (rest + (peaks[1][round] - rest) * 64));
  return {
    spread: spreadOf(growths),
    measured: `${IN_FLIGHT.map((lanes) => `${String(lanes)}: ${mebibytes(spreadOf(peaks[lanes]).median)}`).join(', ')}, with the processes it starts; right after the start ${mebibytes(rest)}; ${String(options.largeRounds)} rounds`,
  };
}
