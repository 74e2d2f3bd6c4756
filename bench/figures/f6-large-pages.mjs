/** F6: four large pages at a time: how late `/health/live` is meanwhile, and how much memory the server takes at most. */
import { proportionalMb, watch } from '../reliability/process-facts.mjs';
import { spreadOf } from '../support/side-by-side.mjs';
import { madeTarget, ordered } from '../support/retrievals.mjs';
import { mebibytes, milliseconds, number, row } from '../support/words.mjs';

const BYTES = 5_000_000;
const LINKS = 4500;
const AT_A_TIME = 4;
const PROBE_MS = 5;
const SAMPLE_MS = 50;
const SHARED_SAMPLE_MS = 500;
/** What scans the text, and what needs the tree. */
const VIEWS = ['/links', '/metadata'];

export async function largePages(bench) {
  const { loader, options, startBare, startLoader, startServer } = bench;
  const [probe, otherProbe, bare] = [await startLoader(), await startLoader(), await startBare()];
  const rows = [];
  for (const view of VIEWS) {
    const samples = [];
    for (let round = 0; round < options.largeRounds; round += 1) {
      // A server of its own each round: what it takes at most includes what it never gives back.
      const server = await startServer();
      samples.push(await measure(server));
      await server.end('SIGKILL');
    }
    const each = (name) => spreadOf(samples.map((sample) => sample[name]));
    const what = `four 5 MB pages at a time by \`${view}\``;
    const refused = each('refused').median;
    const told = `${number(each('pages').median)} pages${refused > 0 ? `, ${number(refused)} of them refused as taking too long,` : ''} in ${String(options.seconds)} s, ${String(samples.length)} rounds`;
    rows.push(
      row({
        what: `${what}: \`/health/live\`, p99`,
        asked: '25 ms or less',
        spread: each('p99'),
        write: milliseconds,
        measured: `p50 ${milliseconds(each('p50').median)}; bare \`node:http\` asked at the same time p99 ${milliseconds(each('bareP99').median)}; every ${String(PROBE_MS)} ms; ${told}`,
        most: 25,
      }),
      row({
        what: `${what}: most memory, with the processes it starts`,
        asked: '350 MiB or less',
        spread: each('rssMb'),
        write: mebibytes,
        measured: `sum of resident sets; what is shared counted once (PSS) ${mebibytes(each('pssMb').median)}, the server's own process ${mebibytes(each('ownMb').median)}; ${told}`,
        most: 350,
      }),
    );

    async function measure(server) {
      const watcher = watch(server, SAMPLE_MS);
      let pssMb = 0;
      const timer = setInterval(() => (pssMb = Math.max(pssMb, proportionalMb(server.pid))), SHARED_SAMPLE_MS);
      const probed = { path: '/health/live', lanes: 1, everyMs: PROBE_MS, seconds: options.seconds };
      const [pages, health, beside] = await Promise.all([
        ordered(loader, {
          server: server.url,
          view,
          targets: [madeTarget(bench, { bytes: BYTES, links: LINKS })],
          lanes: AT_A_TIME,
          mayRefuse: true,
          seconds: options.seconds,
        }),
        ordered(probe, { ...probed, server: server.url }),
        ordered(otherProbe, { ...probed, server: bare.url }),
      ]);
      clearInterval(timer);
      const { rssMb } = watcher.stop();
      const ownMb = Math.max(...watcher.samples.map((sample) => sample.ownMb));
      return { pages: pages.answers, refused: pages.refused, p50: health.p50, p99: health.p99, bareP99: beside.p99, rssMb, ownMb, pssMb };
    }
  }
  return rows;
}
