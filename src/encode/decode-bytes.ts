import { isAscii } from 'node:buffer';
import { trimmed } from '../api/fields.ts';
import { nextUrl } from '../api/next-url.ts';
import { invalidParameter } from '../api/problem.ts';
import type { TaskResult } from '../tasks/task.ts';
import { byteSequences } from './byte-sequences.ts';
import { decodeText, determineEncoding, type EncodingCandidate, type EncodingDecision, firstInvalidOffset } from './character-encoding.ts';
import type { DecodeArgs } from './encode.args.ts';
import type { DecodedText } from './encode.model.ts';
import { getEncoding } from './labels.ts';
import { proposeRepair } from './repair.ts';
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
  const { name: encoding, source, candidates, conflict } = decisionOf(bytes, args.encoding);
  const { text, replacements } = decodeText(bytes, encoding);
  const offset = replacements === 0 ? null : firstInvalidOffset(bytes, encoding);
  const { total, sequences } = byteSequences(bytes, encoding, args);
  const next = nextUrl(requestedUrl, args, total);
  const repair = isAscii(bytes) ? null : proposeRepair(text);
  const why = { source, candidates, conflict };
  return { text, encoding, ...why, bytes: bytes.length, replacements, firstInvalidOffset: offset, repair, total, next, sequences };
}

/** A named encoding comes before a byte order mark, unlike that of a content. */
function decisionOf(bytes: Uint8Array, label: string | undefined): EncodingDecision {
  if (label === undefined) return determineEncoding(bytes, { syntax: 'text' });
  const name = knownName(label);
  const { candidates, conflict } = determineEncoding(bytes, { override: label, syntax: 'text' });
  const isNamed = ({ source }: EncodingCandidate): boolean => source === 'override';
  return {
    name,
    source: 'override',
    candidates: [...candidates.filter(isNamed), ...candidates.filter((each) => !isNamed(each))],
    conflict,
  };
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
