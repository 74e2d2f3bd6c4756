import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 320;
const HEIGHT = 240;

/** A chunk: length, type, data and their check. https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** The east, and the sun in it: 8 bits a channel, RGB, no filter. */
function pixels(): Buffer {
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const distance = Math.hypot(x - WIDTH / 2, y - HEIGHT * 0.62);
      const glow = Math.max(0, 1 - distance / 190);
      const isSun = distance < 34;
      const at = y * (1 + WIDTH * 3) + 1 + x * 3;
      rows[at] = isSun ? 255 : 30 + 215 * glow;
      rows[at + 1] = isSun ? 226 : 42 + (90 * y) / HEIGHT + 70 * glow;
      rows[at + 2] = isSun ? 140 : 110 - (40 * y) / HEIGHT;
    }
  }
  return rows;
}

/** A PNG, stored rather than compressed, so that there is something to wait for. https://www.w3.org/TR/png-3/ */
export function sunrise(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels(), { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
