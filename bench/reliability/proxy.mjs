/**
 * A TCP proxy that spoils the way back from an origin, by the seven faults that toxiproxy knows: `latency`, `bandwidth`,
 * `slow_close`, `timeout`, `reset_peer`, `slicer`, `limit_data`.
 */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a fault does with the bytes on their way: writes them to `client` when and as it likes. */
const FAULTS = {
  /** Each piece comes `latencyMs` late, give or take `jitterMs`. */
  async latency(client, pieces, { latencyMs, jitterMs = 0 }) {
    for await (const piece of pieces) {
      await sleep(latencyMs + (Math.random() * 2 - 1) * jitterMs);
      await write(client, piece);
    }
    client.end();
  },
  /** `kilobytes` a second. */
  async bandwidth(client, pieces, { kilobytes }) {
    const bytesAtOnce = Math.max(1, Math.round((kilobytes * 1024) / 50));
    for await (const piece of pieces) {
      for (const slice of slices(piece, () => bytesAtOnce)) {
        await write(client, slice);
        await sleep(20);
      }
    }
    client.end();
  },
  /** Everything comes at once, the end `delayMs` later. */
  async slow_close(client, pieces, { delayMs }) {
    for await (const piece of pieces) await write(client, piece);
    await sleep(delayMs);
    client.end();
  },
  /** Nothing comes; the connection ends after `timeoutMs`, or with 0 never. */
  async timeout(client, _pieces, { timeoutMs }) {
    if (timeoutMs === 0) return;
    await sleep(timeoutMs);
    client.end();
  },
  /** The connection is reset once `afterBytes` have come. */
  async reset_peer(client, pieces, { afterBytes }) {
    await limited(client, pieces, afterBytes);
    // What was written is to arrive: a reset may overtake it.
    await sleep(20);
    client.resetAndDestroy();
  },
  /** Pieces of `bytes`, give or take a half, each by itself. */
  async slicer(client, pieces, { bytes }) {
    for await (const piece of pieces) {
      for (const slice of slices(piece, () => Math.max(1, Math.round(bytes * (0.5 + Math.random()))))) {
        await write(client, slice);
        await sleep(1);
      }
    }
    client.end();
  },
  /** The connection ends in order once `bytes` have come. */
  async limit_data(client, pieces, { bytes }) {
    await limited(client, pieces, bytes);
    client.end();
  },
};

/** Starts a proxy on a port of its own before `originPort`. `fault` is one of the seven, with its options. */
export async function startProxy(originPort, fault, options) {
  const server = createServer({ noDelay: true }, (client) => {
    const origin = connect({ port: originPort, host: '127.0.0.1', noDelay: true });
    const end = () => {
      client.destroy();
      origin.destroy();
    };
    for (const socket of [client, origin]) socket.on('error', end).on('close', end);
    // Whole bytes forth; back again the fault decides, and reads no further than it writes.
    client.pipe(origin);
    // The fault decides how the way back ends, too: to stop reading is not to close. An origin that ends early ends the iteration with an error, and the way back is over then.
    FAULTS[fault](client, origin.iterator({ destroyOnReturn: false }), options).catch(end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, close: () => server.close() };
}

async function write(client, bytes) {
  if (client.destroyed) throw new Error('the client is gone');
  if (!client.write(bytes)) await Promise.race([once(client, 'drain'), once(client, 'close')]);
}

async function limited(client, pieces, bytes) {
  let left = bytes;
  if (left === 0) return;
  for await (const piece of pieces) {
    await write(client, piece.subarray(0, left));
    left -= Math.min(left, piece.length);
    if (left === 0) return;
  }
}

function* slices(bytes, nextLength) {
  for (let start = 0; start < bytes.length;) {
    const end = start + nextLength();
    yield bytes.subarray(start, end);
    start = end;
  }
}
