/**
 * Loaded before the server (`node --import`), it puts an exchange in place of the server's own that notes nothing: no
 * literal bytes, no timings, no pieces, no heads. What is left is what every HTTP client does: fields, content, limits, deadline.
 */
import { registerHooks } from 'node:module';
import { exchangeError } from '../dist/fetch/exchange-error.js';
import { fieldsFromRaw } from '../dist/fetch/field-lines.js';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === './exchange.js' ? { url: import.meta.url, shortCircuit: true } : next(specifier, context),
});

const NOTHING = Buffer.alloc(0);
const NO_TIMINGS = { wait: null, dns: null, tcp: null, tls: null, request: null, firstByte: null, download: null, total: 0 };

/** As the server's own, without the notes. */
export function performExchange(dispatcher, { url, method, headers, content, insecureTls }, wantsContent, limits, deadline) {
  return new Promise((resolve, reject) => {
    const pieces = [];
    let bytes = 0;
    let exchange;
    let controller;
    const stopWaiting = deadline.onExpiry(() => controller?.abort(new Error('out of time')));
    const settle = (body) => {
      stopWaiting();
      resolve({ exchange, content: body, chunks: [], wire: { request: NOTHING, response: NOTHING } });
    };
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: headers.flatMap(({ name, value }) => [name, value]),
        body: content,
      },
      {
        onConnection() {},
        onRequestStart(started) {
          controller = started;
        },
        onResponseStart(_controller, status) {
          exchange = {
            startedAt: new Date().toISOString(),
            url: url.href,
            method,
            httpVersion: '1.1',
            status,
            statusText: '',
            requestHeaders: [],
            headers: fieldsFromRaw(controller.rawHeaders ?? []),
            trailers: [],
            informational: [],
            headerBytes: 0,
            remote: { address: '', port: 0 },
            reused: false,
            stored: false,
            tls: null,
            timings: NO_TIMINGS,
          };
          if (wantsContent(exchange)) return;
          settle(null);
          controller.abort(new Error('not wanted'));
        },
        onResponseData(_controller, data) {
          bytes += data.length;
          if (bytes > limits.maxBytes) controller.abort(new Error('too large'));
          else pieces.push(data);
        },
        onResponseEnd: () => settle(Buffer.concat(pieces, bytes)),
        onResponseError: (_controller, error) => reject(exchangeError(error, 'download', url.href)),
      },
      insecureTls,
    );
  });
}
