/** What a byte sequence is read as: the escape sequence that brings the decoder into the state, and none for ASCII. */
const STATES = {
  '(B': '',
  '(J': '\x1b(J',
  '(I': '\x1b(I',
  $B: '\x1b$B',
  '$@': '\x1b$B',
} as const;

/** A sequence of ISO-2022-JP: to be read behind `prefix`, or an escape sequence, which is `valid` unless another came right before. */
export type StatefulSequence =
  { start: number; end: number; prefix: string; escape: false } | { start: number; end: number; escape: true; valid: boolean };

const ESCAPE = 0x1b;

/**
 * The byte sequences that the ISO-2022-JP decoder takes in one go, of a broken one only those that it does not read again.
 *
 * https://encoding.spec.whatwg.org/#iso-2022-jp-decoder
 */
export function* iso2022JpSequences(bytes: Uint8Array): Generator<StatefulSequence, void, undefined> {
  let prefix = STATES['(B'] as string;
  // The standard's "output flag": nothing has come since the last escape sequence.
  let hasJustEscaped = false;
  let start = 0;
  while (start < bytes.length) {
    const state = bytes[start] === ESCAPE ? stateAt(bytes, start + 1) : undefined;
    const end = start + (state === undefined ? lengthAt(bytes, start, prefix === STATES.$B) : 3);
    if (state === undefined) yield { start, end, prefix: bytes[start] === ESCAPE ? '' : prefix, escape: false };
    else {
      yield { start, end, escape: true, valid: !hasJustEscaped };
      prefix = state;
    }
    hasJustEscaped = state !== undefined;
    start = end;
  }
}

function stateAt(bytes: Uint8Array, at: number): string | undefined {
  const letters = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0);
  return Object.hasOwn(STATES, letters) ? STATES[letters as keyof typeof STATES] : undefined;
}

function lengthAt(bytes: Uint8Array, at: number, isDoubleByte: boolean): number {
  const lead = bytes[at] ?? 0;
  const trail = bytes[at + 1];
  if (!isDoubleByte || lead < 0x21 || lead > 0x7e) return 1;
  return trail === undefined || trail === ESCAPE ? 1 : 2;
}
