import { trimmed } from '../api/fields.ts';
import { pageOf, type PageOptions } from '../api/list-page.ts';
import { nextUrl } from '../api/next-url.ts';
import { invalidParameter } from '../api/problem.ts';
import type { TaskResult } from '../tasks/task.ts';
import { codePointsOf, countCodePoints, describeCharacter, graphemesOf, textLength } from './code-points.ts';
import type { EncodeArgs } from './encode.args.ts';
import type { Character, EncodedBytes, EncodedText, NormalizationForm, NormalizedText, Unencodable } from './encode.model.ts';
import { escapesOf } from './escapes.ts';
import { getEncoding } from './labels.ts';
import { encode, firstUnencodable, SUBSTITUTES, toBase64, toHex, UTF_NAMES } from './utf.ts';

/** Code points of the longest text that is described. */
export const MOST_CODE_POINTS = 65_536;

/**
 * A text as characters and as bytes in each encoding asked for.
 *
 * @param requestedUrl - the URL that a GET asks this by, for `next`; null where there is none
 * @throws ProblemError `INVALID_REQUEST` for too long a text, an unknown label, one of the replacement encoding, or with
 * `unencodable: 'fail'` an encoding that lacks a character
 */
export function encodeText({ text, ...options }: DescribedOptions & { text: string }, requestedUrl: string | null = null): EncodedText {
  const described = describeText(text, options, (codePoints, form) => {
    const most = `must have 0 to ${String(MOST_CODE_POINTS)} characters`;
    const has = String(codePoints);
    return invalidParameter('text', form === null ? `${most}, and has ${has}` : `${most} in the form asked for: in ${form} it has ${has}`);
  });
  return { ...described, next: nextUrl(requestedUrl, options, described.total) };
}

/**
 * The same without `next`. `tooLong` makes the error for a text of more than {@link MOST_CODE_POINTS}: it is told how many there are, and in which form if not as given.
 *
 * @throws ProblemError as {@link encodeText}
 */
export function describeText(
  given: string,
  { encodings = [], unencodable = 'html', normalization, limit, offset }: DescribedOptions,
  tooLong: (codePoints: number, form: NormalizationForm | null) => Error,
): Omit<EncodedText, 'next'> {
  // No form has fewer code points than a sixth of the code units: what is far too long is not normalized first.
  const form = given.length > 6 * MOST_CODE_POINTS ? null : (normalization ?? null);
  const text = form === null ? given : given.normalize(form);
  const total = countCodePoints(text);
  // The validator counts some pairs of characters as one.
  if (total > MOST_CODE_POINTS) throw tooLong(total, form);
  const codePoints = codePointsOf(text);
  const names = new Set([...UTF_NAMES, ...encodings.map(encoderName)]);
  return {
    text,
    length: textLength(text),
    total,
    characters: describeAll(pageOf(codePoints, { limit, offset })),
    graphemes: graphemesOf(text, { limit, offset }),
    normalizations: NORMALIZATION_FORMS.map((form) => normalized(text, form)),
    escapes: escapesOf(text),
    encodings: Array.from(names, (name) => encodedBytes(text, name, unencodable)),
  };
}

/** The same as JSON of the members that `fields` name, here or in another process. */
export function encodeFunction({
  args,
  here,
  fields,
}: {
  args: EncodeArgs;
  here: string | null;
  fields?: readonly string[] | undefined;
}): TaskResult {
  return { facts: null, bytes: Buffer.from(JSON.stringify(trimmed(encodeText(args, here), fields))) };
}

/** What is wanted of a text. */
interface DescribedOptions extends PageOptions {
  encodings?: readonly string[] | undefined;
  /** `html` unless given. */
  unencodable?: Unencodable | undefined;
  normalization?: NormalizationForm | undefined;
}

const NORMALIZATION_FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const satisfies NormalizationForm[];

/** https://www.unicode.org/reports/tr15/ */
function normalized(text: string, form: NormalizationForm): NormalizedText {
  const inForm = text.normalize(form);
  return { form, text: inForm, codePoints: codePointsOf(inForm).length, isNormalized: inForm === text };
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

function encodedBytes(text: string, name: string, unencodable: Unencodable): EncodedBytes {
  if (unencodable === 'fail') refuseUnencodable(text, name);
  const { bytes, lossless } = encode(text, name, unencodable === 'fail' ? undefined : SUBSTITUTES[unencodable]);
  return { name, bytes: bytes.length, hex: toHex(bytes), base64: toBase64(bytes), lossless };
}

function refuseUnencodable(text: string, name: string): void {
  const character = firstUnencodable(text, name);
  if (character === null) return;
  const { codePoint, name: called } = describeCharacter(character);
  const advice = 'unencodable=html, url or replace writes something in its place';
  throw invalidParameter('unencodable', `is fail, and ${name} has no bytes for ${codePoint} ${called} of the text: ${advice}`);
}
