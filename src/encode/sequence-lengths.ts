import { TextDecoder } from '@exodus/bytes/encoding.js';

/** How many bytes the decoder takes in one go from `at` on; of a broken sequence only those that it does not read again. */
export type LengthAt = (bytes: Uint8Array, at: number) => number;

/** By encoding name; the encodings that are not here take one byte at a time, but for ISO-2022-JP, which keeps a state. */
export const SEQUENCE_LENGTHS: Readonly<Record<string, LengthAt>> = {
  'UTF-8': utf8Length,
  'UTF-16LE': (bytes, at) => utf16Length(bytes, at, 1),
  'UTF-16BE': (bytes, at) => utf16Length(bytes, at, 0),
  gb18030: gb18030Length,
  GBK: gb18030Length,
  Big5: doubleByte('Big5', (lead) => inRange(lead, 0x81, 0xfe)),
  'EUC-KR': doubleByte('EUC-KR', (lead) => inRange(lead, 0x81, 0xfe)),
  Shift_JIS: doubleByte('Shift_JIS', (lead) => inRange(lead, 0x81, 0x9f) || inRange(lead, 0xe0, 0xfc)),
  'EUC-JP': eucJpLength,
  // The replacement decoder reports one error for all that there is.
  replacement: (bytes) => bytes.length,
};

function inRange(byte: number | undefined, first: number, last: number): boolean {
  return byte !== undefined && byte >= first && byte <= last;
}

/** https://encoding.spec.whatwg.org/#utf-8-decoder */
function utf8Length(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const needed = inRange(lead, 0xc2, 0xdf) ? 1 : inRange(lead, 0xe0, 0xef) ? 2 : inRange(lead, 0xf0, 0xf4) ? 3 : 0;
  const lower = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const upper = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  let length = 1;
  if (needed > 0 && inRange(bytes[at + 1], lower, upper)) length += 1;
  while (length > 1 && length <= needed && inRange(bytes[at + length], 0x80, 0xbf)) length += 1;
  return length;
}

/** `high` is where in a code unit its high byte is. https://encoding.spec.whatwg.org/#shared-utf-16-decoder */
function utf16Length(bytes: Uint8Array, at: number, high: 0 | 1): number {
  const left = bytes.length - at;
  if (left < 2 || !inRange(bytes[at + high], 0xd8, 0xdb)) return Math.min(left, 2);
  // At the end, what is left of a pair is one error.
  if (left < 4) return left;
  return inRange(bytes[at + 2 + high], 0xdc, 0xdf) ? 4 : 2;
}

/** https://encoding.spec.whatwg.org/#gb18030-decoder */
export function gb18030Length(bytes: Uint8Array, at: number): number {
  if (!inRange(bytes[at], 0x81, 0xfe) || at + 1 >= bytes.length) return 1;
  const second = bytes[at + 1] ?? 0;
  // All other trails have a character, or are no ASCII and so are not read again.
  if (!inRange(second, 0x30, 0x39)) return second < 0x40 || second === 0x7f ? 1 : 2;
  if (at + 2 >= bytes.length) return 2;
  if (!inRange(bytes[at + 2], 0x81, 0xfe)) return 1;
  if (at + 3 >= bytes.length) return 3;
  return inRange(bytes[at + 3], 0x30, 0x39) ? 4 : 1;
}

/**
 * An ASCII byte that is no trail is read again. https://encoding.spec.whatwg.org/#big5-decoder and its kin
 *
 * @param name - whose decoder says what pairs there are
 */
function doubleByte(name: string, isLead: (byte: number) => boolean): LengthAt {
  const known = new Map<number, boolean>();
  const decoder = new TextDecoder(name, { fatal: true });
  const isCharacter = (pair: Uint8Array): boolean => {
    try {
      decoder.decode(pair);
      return true;
    } catch {
      return false;
    }
  };
  return (bytes, at) => {
    const lead = bytes[at] ?? 0;
    const trail = bytes[at + 1];
    if (!isLead(lead) || trail === undefined) return 1;
    if (trail >= 0x80) return 2;
    const key = lead * 256 + trail;
    const isPair = known.get(key) ?? isCharacter(Uint8Array.of(lead, trail));
    known.set(key, isPair);
    return isPair ? 2 : 1;
  };
}

/** https://encoding.spec.whatwg.org/#euc-jp-decoder */
function eucJpLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1];
  if (!(lead === 0x8e || lead === 0x8f || inRange(lead, 0xa1, 0xfe)) || second === undefined || second < 0x80) return 1;
  if (lead !== 0x8f || !inRange(second, 0xa1, 0xfe)) return 2;
  return inRange(bytes[at + 2], 0x80, 0xff) ? 3 : 2;
}
