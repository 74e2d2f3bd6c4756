/** Thousands of responses that no server should send: every one is answered, by the same process. */
import { isHealthy } from '../children.mjs';
import { factsOf, settle } from '../process-facts.mjs';
import { counts, mib, sum, times } from '../words.mjs';

export async function garbage({ origins, loader, startServer, options: { responses, seed } }) {
  const server = await startServer();
  const before = factsOf(server);
  const order = { server: server.url, targets: { ...origins.facts, seed }, mix: 'garbage', lanes: 16, count: responses, seed };
  const figures = await loader.ask('run', order);
  const after = await settle(server, (facts) => facts.origins === 0 && facts.callers <= 1, 20);
  const isWell = await isHealthy(server, origins);
  const answered = figures.rightCount - sum(figures.codes);
  const others = { ...figures.wrong, ...figures.refused, ...figures.unanswered };
  const logged = server.errors().length;
  return [
    {
      what: 'responses of noise, broken framing, bombs, endless heads, spoiled codings',
      asked: `${String(responses)} from seed ${String(seed)}: each is answered, none with 500; the same process`,
      measured: `${String(answered)} answered with 200, ${counts(figures.codes)}; ${times(figures.right)}; anything else: ${counts(others)}; lines logged as errors ${String(logged)}; process ${server.isAlive() ? 'the same' : 'ENDED'}, ${isWell ? 'healthy' : 'NOT healthy'}; sockets to origins left ${String(after.origins)}; memory ${mib(before.rssMb)} before, ${mib(after.rssMb)} after`,
      passed: figures.rightCount === responses && sum(others) === 0 && logged === 0 && isWell && after.origins === 0,
    },
  ];
}
