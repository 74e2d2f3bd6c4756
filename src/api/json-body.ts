import { isUtf8 } from 'node:buffer';
import { firstJsonFault } from './json-fault.ts';
import { ProblemError } from './problem.ts';

/** Levels of lists and objects that a JSON body may have. No parameter needs more than five. */
const MAX_DEPTH = 32;
/** Members and entries that a JSON body may have, in all. A request of 100 header fields has 300, a batch 10,000 URLs. */
const MAX_VALUES = 11_000;
/** Bytes that every server takes. */
const LEAST_BODY_BYTES = 1_048_576;

/** Bytes that a JSON body may have: a page sent as `html` may be as large as one that is retrieved. */
export function bodyLimit({ FETCH_MAX_BYTES: maxBytes }: { FETCH_MAX_BYTES: number }): number {
  return Math.max(LEAST_BODY_BYTES, maxBytes);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Refuses the bytes of a JSON text that would take long to read, in one pass and before they are read: nested deeper than
 * what follows could go, or of more values than any request has. Whether it is JSON at all, its parser says.
 *
 * @throws ProblemError `INVALID_REQUEST`
 */
export function checkJson(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new ProblemError('INVALID_REQUEST', 'the body is not UTF-8, as JSON must be');
  let depth = 0;
  let values = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (CLOSING.has(byte)) depth -= 1;
    else if (OPENING.has(byte)) depth += 1;
    else if (byte !== COMMA) continue;
    // A list or an object has one value more than it has commas.
    if (byte === COMMA || OPENING.has(byte)) values += 1;
    if (depth > MAX_DEPTH) throw new ProblemError('INVALID_REQUEST', `the body must not be nested deeper than ${String(MAX_DEPTH)} levels`);
    if (values > MAX_VALUES) throw new ProblemError('INVALID_REQUEST', `the body must not have more than ${String(MAX_VALUES)} values`);
  }
}

/** Where the string that begins at a quotation mark has its other one; behind the bytes where it has none. */
function endOfString(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(QUOTE, start + 1); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return bytes.length;
}

/** Characters of a faulty text that are shown. */
const MOST_SHOWN = 20;

/** Why a JSON text was refused whole: where it is no JSON, or a name in it that no member has. */
export function refusedJson(text: string): ProblemError<'INVALID_REQUEST'> {
  const fault = firstJsonFault(text);
  if (fault === null) {
    return new ProblemError(
      'INVALID_REQUEST',
      'the body has a member called __proto__ (or constructor, with a prototype in it), which is refused',
    );
  }
  const before = text.slice(0, fault).split('\n');
  const place = `line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)}`;
  const what = fault === text.length ? 'it ends too early' : `unexpected ${JSON.stringify(text.slice(fault, fault + MOST_SHOWN))}`;
  return new ProblemError('INVALID_REQUEST', `the body is not valid JSON: ${what} (${place})`);
}
