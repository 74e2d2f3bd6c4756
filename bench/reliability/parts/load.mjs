/** Steady load: so many requests in flight, mixed endpoints, nothing refused, nothing failed. */
import { counts, sum, times } from '../words.mjs';

export async function load({ origins, loader, startServer, options: { inFlight, seconds } }) {
  const server = await startServer();
  const order = { server: server.url, targets: origins.facts, mix: 'views', lanes: inFlight };
  await loader.ask('run', { ...order, seconds: 5, seed: 1 });
  const figures = await loader.ask('run', { ...order, seconds, seed: 2 });
  const errors = sum(figures.refused) + sum(figures.wrong) + sum(figures.unanswered);
  const logged = server.errors().length;
  return [
    {
      what: 'requests of every kind, REST and GraphQL',
      asked: `${String(inFlight)} in flight for ${String(seconds)} s: no errors`,
      measured: `${String(figures.rightCount)} answers, ${(figures.rightCount / figures.tookS).toFixed(0)} a second; ${times(figures.right)}; errors ${String(errors)} (${counts({ ...figures.refused, ...figures.wrong, ...figures.unanswered })}); lines logged as errors ${String(logged)}`,
      passed: errors === 0 && logged === 0 && figures.rightCount > 0,
    },
  ];
}
