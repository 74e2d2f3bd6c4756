import { trimmed } from '../api/fields.ts';
import { nextUrl } from '../api/next-url.ts';
import { invalidParameter } from '../api/problem.ts';
import type { TaskResult } from '../tasks/task.ts';
import { byteSequences } from './byte-sequences.ts';
import { decodeText, determineEncoding, firstInvalidOffset } from './character-encoding.ts';
import type { DecodeArgs } from './encode.args.ts';
import type { DecodedText } from './encode.model.ts';
import { getEncoding } from './labels.ts';
import { fromBase64, fromHex } from './utf.ts';

/**
 * Bytes as text, in the encoding named or else in the one that they are found to be in. A named encoding is taken at its
 * word: another encoding's byte order mark is then read as characters.
 *
 * @param requestedUrl - the URL that a GET asks this by, for `next`; null where there is none
 * @throws ProblemError `INVALID_REQUEST` unless exactly one of `hex` and `base64` is given, well-formed, with a known label
 */
export function decodeBytes(args: DecodeArgs, requestedUrl: string | null = null): DecodedText {
  const bytes = givenBytes(args);
  const encoding = args.encoding === undefined ? determineEncoding(bytes, { syntax: 'text' }).name : knownName(args.encoding);
  const { text, replacements } = decodeText(bytes, encoding);
  const offset = replacements === 0 ? null : firstInvalidOffset(bytes, encoding);
  const { total, sequences } = byteSequences(bytes, encoding, args);
  const next = nextUrl(requestedUrl, args, total);
  return { text, encoding, bytes: bytes.length, replacements, firstInvalidOffset: offset, total, next, sequences };
}

/** The same as JSON of the members that `fields` name, here or in another process. */
export function decodeFunction({
  args,
  here,
  fields,
}: {
  args: DecodeArgs;
  here: string | null;
  fields?: readonly string[] | undefined;
}): TaskResult {
  return { facts: null, bytes: Buffer.from(JSON.stringify(trimmed(decodeBytes(args, here), fields))) };
}

function givenBytes({ hex, base64 }: DecodeArgs): Uint8Array {
  if (hex !== undefined && base64 !== undefined) throw invalidParameter('base64', 'must not be given together with hex');
  if (hex !== undefined)
    return fromHex(hex) ?? refuse('hex', 'must be pairs of hexadecimal digits, with nothing but white space between them');
  if (base64 !== undefined) return fromBase64(base64) ?? refuse('base64', 'must be base64, standard or URL-safe (in a URL write + as %2B)');
  return refuse('hex', 'must be given, or base64');
}

function knownName(label: string): string {
  return getEncoding(label) ?? refuse('encoding', `must be a label of the Encoding Standard; ${JSON.stringify(label)} is none`);
}

function refuse(parameter: string, message: string): never {
  throw invalidParameter(parameter, message);
}
