import { gb18030Length } from './sequence-lengths.ts';

const REPLACEMENT = 0xfffd;

/**
 * How many U+FFFD in `text` the decoder put there for bytes it could not decode: those that the bytes themselves encode do
 * not count.
 *
 * @param name - the encoding that decoded `bytes` to `text`
 */
export function countReplacements(text: string, bytes: Uint8Array, name: string): number {
  const first = text.indexOf('\uFFFD');
  if (first < 0) return 0;
  let count = 0;
  for (let i = first; i < text.length; i += 1) if (text.charCodeAt(i) === REPLACEMENT) count += 1;
  return count - countEncoded(bytes, name);
}

/** How often the bytes encode U+FFFD itself: only the encodings below can. */
function countEncoded(bytes: Uint8Array, name: string): number {
  switch (name) {
    case 'UTF-8':
      return countUtf8(bytes);
    case 'UTF-16LE':
      return countPairs(bytes, 0xfd, 0xff);
    case 'UTF-16BE':
      return countPairs(bytes, 0xff, 0xfd);
    case 'gb18030':
    case 'GBK':
      return countGb18030(bytes);
    default:
      return 0;
  }
}

/** EF is never a continuation byte, so every EF BF BD is one. */
function countUtf8(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) count += 1;
  }
  return count;
}

function countPairs(bytes: Uint8Array, first: number, second: number): number {
  let count = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) if (bytes[at] === first && bytes[at + 1] === second) count += 1;
  return count;
}

/**
 * Walks from sequence to sequence, for 84 31 A4 37 counts only where one begins.
 *
 * https://encoding.spec.whatwg.org/#gb18030-decoder
 */
function countGb18030(bytes: Uint8Array): number {
  let count = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = gb18030Length(bytes, at);
    if (length === 4 && bytes[at] === 0x84 && bytes[at + 1] === 0x31 && bytes[at + 2] === 0xa4 && bytes[at + 3] === 0x37) count += 1;
    at += length;
  }
  return count;
}
