/** F3: what `/links` costs a page, beside crawlers that list the links of the same pages from the same gzip origin. */
import { startScrapy } from '../peers/scrapy.mjs';
import { cpuMs } from '../reliability/process-facts.mjs';
import { inTurn, ratioOf, spreadOf } from '../support/side-by-side.mjs';
import { cpuOfEach, targetsOf } from '../support/retrievals.mjs';
import { milliseconds, number, row, times, unmeasured } from '../support/words.mjs';

/** Of the peer's processor time. */
const PEERS = [
  { name: 'CheerioCrawler', key: 'crawlee', label: 'Crawlee', most: 1 / 10, asked: '1/10 or less' },
  { name: 'Scrapy', key: 'scrapy', label: 'Scrapy', most: 1 / 5, asked: '1/5 or less' },
];

export async function linksBesidePeers(bench) {
  const { peers, options, startChild, startServer, keep } = bench;
  const what = ({ name }) => `CPU of \`/links\` a page, gzip, beside ${name}`;
  const there = PEERS.filter(({ key }) => peers?.[key]);
  const rows = PEERS.filter(({ key }) => !peers?.[key]).map((peer) => unmeasured(what(peer), peer.asked, peers?.why ?? 'ask with --peers'));
  if (there.length === 0) return rows;
  const targets = targetsOf(bench, 'gzip');
  const start = {
    crawlee: () => startChild('peers/crawlee.mjs', [peers.folder]),
    scrapy: () => keep(startScrapy(peers.folder)),
  };
  const server = await startServer();
  const order = { view: '/links', targets, count: targets.length * options.passes };
  const sides = { pagewire: () => cpuOfEach(bench, server, order) };
  for (const { key } of there) {
    const peer = await start[key]();
    let asked = 0;
    sides[key] = async () => {
      const urls = targets.map((target) => `${target}?${key}=${String(++asked)}`);
      const before = cpuMs(peer.pid);
      const { answers, failed } = await peer.ask('crawl', { urls });
      if (failed !== undefined) throw new Error(failed);
      return (cpuMs(peer.pid) - before) / answers;
    };
  }
  const given = await inTurn(sides, { ...options, rounds: Math.ceil(options.rounds / 2), warmUps: Math.min(1, options.warmUps) });
  const measured = there.map((peer) => {
    const spread = ratioOf(given.pagewire, given[peer.key]);
    const [ours, theirs] = [given.pagewire, given[peer.key]].map((values) => milliseconds(spreadOf(values).median));
    return row({
      what: what(peer),
      asked: peer.asked,
      spread,
      write: times,
      measured: `${ours} against ${theirs} of ${peer.label} ${peers[peer.key]}; ${number(order.count)} and ${number(targets.length)} pages a round, ${String(given.pagewire.length)} rounds, 16 in flight`,
      most: peer.most,
    });
  });
  return [...rows, ...measured];
}
