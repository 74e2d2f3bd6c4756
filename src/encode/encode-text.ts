import { pageOf } from '../api/list-page.ts';
import { nextUrl } from '../api/next-url.ts';
import { invalidParameter } from '../api/problem.ts';
import type { TaskResult } from '../tasks/task.ts';
import { codePointsOf, describeCharacter, textLength } from './code-points.ts';
import type { EncodeArgs } from './encode.args.ts';
import type { Character, EncodedBytes, EncodedText } from './encode.model.ts';
import { getEncoding } from './labels.ts';
import { encode, toBase64, toHex, UTF_NAMES } from './utf.ts';

const MOST_CODE_POINTS = 65_536;

/**
 * A text as characters and as bytes in each encoding asked for.
 *
 * @param requestedUrl - the URL that a GET asks this by, for `next`; null where there is none
 * @throws ProblemError `INVALID_REQUEST` for too long a text, an unknown label or one of the replacement encoding
 */
export function encodeText({ text, encodings = [], limit, offset }: EncodeArgs, requestedUrl: string | null = null): EncodedText {
  const codePoints = codePointsOf(text);
  const total = codePoints.length;
  // The validator counts some pairs of characters as one.
  if (total > MOST_CODE_POINTS) throw invalidParameter('text', `must have 0 to ${String(MOST_CODE_POINTS)} characters`);
  const names = new Set([...UTF_NAMES, ...encodings.map(encoderName)]);
  return {
    text,
    length: textLength(text),
    total,
    next: nextUrl(requestedUrl, { limit, offset }, total),
    characters: describeAll(pageOf(codePoints, { limit, offset })),
    encodings: Array.from(names, (name) => encodedBytes(text, name)),
  };
}

/** The same as JSON, as another process does it. */
export function encodeFunction({ args, here }: { args: EncodeArgs; here: string | null }): TaskResult {
  return { facts: null, bytes: Buffer.from(JSON.stringify(encodeText(args, here))) };
}

function encoderName(label: string): string {
  const name = UTF_NAMES.find((utf) => utf === label.toUpperCase()) ?? getEncoding(label);
  if (name === null) throw invalidParameter('encodings', `must be labels of the Encoding Standard; ${JSON.stringify(label)} is none`);
  if (name === 'replacement')
    throw invalidParameter('encodings', `must have an encoder; the encoding of ${JSON.stringify(label)} has none`);
  return name;
}

/** Equal characters are one object: a text has few different ones. */
function describeAll(characters: readonly string[]): Character[] {
  const described = new Map<string, Character>();
  return characters.map((character) => {
    const known = described.get(character) ?? describeCharacter(character);
    described.set(character, known);
    return known;
  });
}

function encodedBytes(text: string, name: string): EncodedBytes {
  const { bytes, lossless } = encode(text, name);
  return { name, bytes: bytes.length, hex: toHex(bytes), base64: toBase64(bytes), lossless };
}
