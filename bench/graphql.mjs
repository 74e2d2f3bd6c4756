/**
 * What the graph costs beside REST: the same 150 links, `href` and `text`, of one kept snapshot, from the built server in turn, 16 requests in
 * flight. `npm run bench:graphql` builds first.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { Pool } from 'undici';

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const IN_FLIGHT = 16;
const REQUESTS = 400;
const LINKS = 150;

const page = Array.from({ length: LINKS }, (_, n) => `<li><a href="/item/${n}?from=list">Item number ${n}</a>\n`).join('');
const origin = createServer((_request, response) => void response.setHeader('Content-Type', 'text/html').end(page));
await new Promise((resolve) => origin.listen(0, '127.0.0.1', resolve));

const server = spawn(process.execPath, ['dist/server/main.js'], {
  env: { PATH: process.env.PATH, PORT: '0', ALLOW_TARGETS: '127.0.0.1', LOG_LEVEL: 'info', MAX_EVENT_LOOP_DELAY_MS: '0' },
  stdio: ['ignore', 'ignore', 'pipe'],
});
const port = await new Promise((resolve, reject) => {
  let log = '';
  server.once('exit', () => reject(new Error(`the server ended: ${log}`)));
  server.stderr.on('data', (piece) => {
    log = (log + piece).slice(-10_000);
    const [, found] = /127\.0\.0\.1:(\d+)/.exec(log) ?? [];
    if (found !== undefined) resolve(found);
  });
});
const pool = new Pool(`http://127.0.0.1:${port}`, { connections: IN_FLIGHT });

const ask = async (request) => {
  const { statusCode, body } = await pool.request(request);
  const text = await body.text();
  if (statusCode !== 200 || text.includes('"errors":[{')) throw new Error(`${statusCode} ${text.slice(0, 500)}`);
  return JSON.parse(text);
};
const target = encodeURIComponent(`http://127.0.0.1:${origin.address().port}/`);
const { snapshot } = await ask({ method: 'GET', path: `/links?url=${target}&limit=1` });
const query = 'query ($id: String!) { page(snapshot: $id) { links { links { href text } } } }';
const FACES = {
  REST: { method: 'GET', path: `/links?snapshot=${snapshot}&fields=links.href,links.text` },
  graph: {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { id: snapshot } }),
  },
};
const [rest, graph] = [await ask(FACES.REST), await ask(FACES.graph)];
if (JSON.stringify(rest.links) !== JSON.stringify(graph.data.page.links.links)) throw new Error('the two faces differ');

const round = async (face) => {
  let left = REQUESTS;
  const started = performance.now();
  const lane = async () => {
    while (left-- > 0) await pool.request(FACES[face]).then(({ body }) => body.dump({ limit: 1e9 }));
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return (REQUESTS / (performance.now() - started)) * 1000;
};
const rates = { REST: [], graph: [] };
for (const face of Object.keys(FACES)) await round(face);
for (let index = 0; index < ROUNDS; index += 1) {
  // Who goes first changes from round to round.
  for (const face of index % 2 === 0 ? ['REST', 'graph'] : ['graph', 'REST']) rates[face].push(await round(face));
}
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
for (const [face, all] of Object.entries(rates)) console.log(`${face}: ${Math.round(median(all))} answers/s`);
console.log(`graph : REST = ${median(rates.graph.map((rate, index) => rate / rates.REST[index])).toFixed(2)} (median of ${ROUNDS} rounds)`);

server.removeAllListeners('exit');
server.kill();
await pool.close();
origin.close();
