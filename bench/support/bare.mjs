/** `node:http` that sends the same JSON for every request: `say` tells it which. What an answer costs at least. */
import { createServer } from 'node:http';

let content = Buffer.from('{}');

const server = createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': content.length }).end(content);
});
server.keepAliveTimeout = 60_000;
process.on('message', ({ id, text }) => {
  content = Buffer.from(text);
  process.send({ id, result: null });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send({ id: 'ready', result: { port: server.address().port } }));
