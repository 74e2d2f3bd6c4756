/** Hours at moderate load, with targets that fail: does anything grow? */
import { watch } from '../process-facts.mjs';
import { counts, mib, sum, times } from '../words.mjs';

const SAMPLE_MS = 10_000;
/** Before it is measured the server has so many times the load, for a sixth of the time. */
const WARM_UP_TIMES = 4;
const WARM_UP_SECONDS_A_MINUTE = 10;
/** Below this the second half says too little of an hour: the slope is shown, not judged. */
const JUDGED_MINUTES = 20;
const MOST_SLOPE_MB = 20;
const MOST_FDS_MORE = 8;
/** KEPT_BYTES of src/tasks/task-pool.ts. */
const KEPT_MB = 384;
/** What the largest document of the mix, a page of a mebibyte, takes while it is read, well counted. */
const DOCUMENT_MB = 128;

/** Least squares: the slope, and its standard error. */
export function slopeOf(points) {
  const mean = (values) => values.reduce((total, value) => total + value, 0) / values.length;
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const spread = points.reduce((total, [x]) => total + (x - meanX) ** 2, 0);
  const slope = points.reduce((total, [x, y]) => total + (x - meanX) * (y - meanY), 0) / spread;
  const residual = points.reduce((total, [x, y]) => total + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, error: Math.sqrt(residual / Math.max(1, points.length - 2) / spread) };
}

const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];

export async function soak({ origins, loader, startServer, options: { minutes, perSecond } }) {
  // Snapshots fill their memory within minutes: what grows then is something else.
  const server = await startServer({ CACHE_MAX_BYTES: '33554432' });
  const order = { server: server.url, targets: origins.facts, mix: 'soak', perSecond, seconds: minutes * 30 };
  // What a process takes once, it has taken then.
  await loader.ask('run', { ...order, perSecond: perSecond * WARM_UP_TIMES, seconds: minutes * WARM_UP_SECONDS_A_MINUTE, seed: 1 });
  const { pid } = server;
  const watcher = watch(server, SAMPLE_MS);
  const halves = [await loader.ask('run', { ...order, seed: 2 }), await loader.ask('run', { ...order, seed: 3 })];
  const peak = watcher.stop();
  // The last sample is of a server at rest.
  const loaded = watcher.samples.slice(0, -1);
  const second = loaded.filter(({ atS }) => atS >= minutes * 30);
  const { slope, error } = slopeOf(second.map(({ atS, ownMb }) => [atS / 3600, ownMb]));
  const half = second.length >> 1;
  const fds = [second.slice(0, half), second.slice(half)].map((samples) => median(samples.map((sample) => sample.fds)));
  const quarters = [0, 1, 2, 3].map((quarter) =>
    loaded.slice(Math.floor((quarter * loaded.length) / 4), Math.floor(((quarter + 1) * loaded.length) / 4)),
  );
  const [errors, codes] = ['errors', 'codes'].map((kind) =>
    halves.reduce((all, figures) => {
      const found = kind === 'codes' ? figures.codes : { ...figures.wrong, ...figures.unanswered, ...figures.refused };
      for (const [name, count] of Object.entries(found)) all[name] = (all[name] ?? 0) + count;
      return all;
    }, {}),
  );
  const logged = server.errors().length;
  const answers = halves.reduce((total, { rightCount }) => total + rightCount, 0);
  const hungUp = halves.reduce((total, figures) => total + figures.hungUp, 0);
  const isJudged = minutes >= JUDGED_MINUTES;
  return [
    {
      what: 'answers and times',
      asked: `${String(minutes)} minutes at ${String(perSecond)} requests a second, three in ten of them redirects, large pages, failing targets, hang-ups: no other answer than the right one`,
      measured: `${String(answers)} right answers (right failures among them: ${counts(codes)}), ${String(hungUp)} callers hung up; first half ${times(halves[0].right)}, second half ${times(halves[1].right)}; errors ${String(sum(errors))} (${counts(errors)}); lines logged as errors ${String(logged)}`,
      passed: sum(errors) === 0 && logged === 0 && server.isAlive() && server.pid === pid,
    },
    {
      what: 'memory of the server, each 10 s',
      asked: isJudged
        ? `the second half grows by no more than ${String(MOST_SLOPE_MB)} MiB an hour (twice the standard error allowed for)`
        : `shown, not judged: less than ${String(JUDGED_MINUTES)} minutes say nothing of an hour`,
      measured: `start ${mib(loaded[0].ownMb)}, half-way ${mib(second[0].ownMb)}, end ${mib(second.at(-1).ownMb)}; slope of the second half ${slope.toFixed(1)} ± ${error.toFixed(1)} MiB an hour (${String(second.length)} samples)`,
      passed: !isJudged || slope - 2 * error <= MOST_SLOPE_MB,
    },
    {
      what: 'memory of the processes that read documents, each 10 s',
      asked: `one that is above ${String(KEPT_MB)} MiB after a document is replaced: no more than that each, but for one document`,
      measured: `medians of the quarters ${quarters.map((samples) => mib(median(samples.map((sample) => sample.childrenMb)))).join(', ')}; most ${mib(peak.childrenMb)} in ${String(peak.children)} processes, ${mib(peak.rssMb)} with the server`,
      passed: peak.childrenMb <= peak.children * (KEPT_MB + DOCUMENT_MB),
    },
    {
      what: 'descriptors, each 10 s',
      asked: `flat: the last quarter's median is at most ${String(MOST_FDS_MORE)} above that of the quarter before`,
      measured: `medians ${String(fds[0])} and ${String(fds[1])}, most ${String(peak.fds)}`,
      passed: fds[1] - fds[0] <= MOST_FDS_MORE,
    },
  ];
}
