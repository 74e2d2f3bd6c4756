/**
 * The floor of a retrieval: `node:http` and undici, nothing else. `GET /?url=` retrieves the page whole, undoes gzip, and
 * answers a fixed text. What such a server takes, no server of this kind can do without.
 */
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { Agent } from 'undici';

const ANSWER = Buffer.from('{"ok":true}');
const agent = new Agent({ allowH2: false });

/** The whole content of a URL, gzip undone; dispatch is the cheapest that undici has. */
function retrieve(url) {
  const { origin, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks = [];
    let isGzip = false;
    agent.dispatch(
      { origin, path: pathname + search, method: 'GET' },
      {
        onRequestStart() {},
        onResponseStart(_controller, _status, headers) {
          isGzip = headers['content-encoding'] === 'gzip';
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          const content = Buffer.concat(chunks);
          resolve(isGzip ? gunzipSync(content) : content);
        },
        onResponseError(_controller, error) {
          reject(error);
        },
      },
    );
  });
}

const server = createServer(async (request, response) => {
  const url = new URLSearchParams(request.url.slice(request.url.indexOf('?'))).get('url');
  await retrieve(url);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': ANSWER.length }).end(ANSWER);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ id: 'ready', result: { port: server.address().port } }));
process.on('disconnect', () => process.exit(0));
