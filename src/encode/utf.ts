import { percentEncodeAfterEncoding } from '@exodus/bytes/whatwg.js';
import { decodeText } from './character-encoding.ts';

/** The Unicode encoding forms with their byte orders, without a byte order mark. */
export const UTF_NAMES = ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'UTF-32LE', 'UTF-32BE'] as const;

/** Text as bytes. */
export interface Encoded {
  bytes: Uint8Array;
  /** Decoding the bytes gives the text back. */
  lossless: boolean;
}

/** What stands for a character that an encoding lacks, by its code point, in ASCII. */
export const SUBSTITUTES = {
  /** https://encoding.spec.whatwg.org/#process-an-item (error mode "html") */
  html: (codePoint: string) => `&#${codePoint};`,
  /** https://url.spec.whatwg.org/#string-percent-encode-after-encoding */
  url: (codePoint: string) => `%26%23${codePoint}%3B`,
  replace: () => '?',
} as const;

/**
 * Encodes text without a byte order mark. Lone surrogates become U+FFFD first, as everywhere on the web. A character that
 * a legacy encoding lacks becomes its substitute: by default `&#…;`, as in a form that a browser sends.
 *
 * https://encoding.spec.whatwg.org/#encode
 *
 * @param name - an encoding's name, or UTF-32LE or UTF-32BE; `replacement` has no encoder: a RangeError
 */
export function encode(text: string, name: string, substitute: (codePoint: string) => string = SUBSTITUTES.html): Encoded {
  const scalars = text.toWellFormed();
  switch (name) {
    case 'UTF-8':
      return { bytes: Buffer.from(scalars, 'utf8'), lossless: scalars === text };
    case 'UTF-16LE':
      return { bytes: Buffer.from(scalars, 'utf16le'), lossless: scalars === text };
    case 'UTF-16BE':
      return { bytes: Buffer.from(scalars, 'utf16le').swap16(), lossless: scalars === text };
    case 'UTF-32LE':
      return { bytes: encodeUtf32(scalars, true), lossless: scalars === text };
    case 'UTF-32BE':
      return { bytes: encodeUtf32(scalars, false), lossless: scalars === text };
    default:
      return encodeLegacy(scalars, text, name, substitute);
  }
}

function encodeUtf32(scalars: string, littleEndian: boolean): Uint8Array {
  const characters = Array.from(scalars);
  const bytes = new Uint8Array(characters.length * 4);
  const view = new DataView(bytes.buffer);
  characters.forEach((character, index) => {
    view.setUint32(index * 4, character.codePointAt(0) ?? 0, littleEndian);
  });
  return bytes;
}

/**
 * The library encodes for a URL's query, percent sign included, so that undoing the percent-encoding gives the bytes. What
 * it writes for a character that the encoding lacks comes of no other text: its ampersand would not be percent-encoded.
 */
function encodeLegacy(scalars: string, text: string, name: string, substitute: (codePoint: string) => string): Encoded {
  const encoded = percentEncodeAfterEncoding(name, scalars, '%');
  const substituted = encoded.replace(SUBSTITUTED, (_, codePoint: string) => substitute(codePoint).replaceAll('%', '%25'));
  const bytes = percentDecode(substituted);
  return { bytes, lossless: decodeText(bytes, name).text === text };
}

const SUBSTITUTED = /%26%23(\d+)%3B/g;

/**
 * The first code point of a text that an encoding has no bytes for, a lone surrogate included; null where it has all.
 *
 * @param name - as of {@link encode}
 */
export function firstUnencodable(text: string, name: string): string | null {
  const surrogate = /\p{Surrogate}/u.exec(text);
  if (UTF_NAMES.some((utf) => utf === name)) return surrogate?.[0] ?? null;
  const rest = surrogate === null ? text : text.slice(0, surrogate.index);
  SUBSTITUTED.lastIndex = 0;
  const lacking = SUBSTITUTED.exec(percentEncodeAfterEncoding(name, rest, '%'));
  if (lacking?.[1] === undefined) return surrogate?.[0] ?? null;
  const character = String.fromCodePoint(Number(lacking[1]));
  return name === 'ISO-2022-JP' && character === '\uFFFD' ? (TOLD_AS_REPLACEMENT.exec(rest)?.[0] ?? character) : character;
}

/** What that encoder tells of as U+FFFD, as their bytes would be escape sequences. https://encoding.spec.whatwg.org/#iso-2022-jp-encoder */
const TOLD_AS_REPLACEMENT = /[\x0e\x0f\x1b\uFFFD]/; // eslint-disable-line no-control-regex -- they are what is looked for

/** https://url.spec.whatwg.org/#string-percent-decode */
function percentDecode(ascii: string): Uint8Array {
  const bytes = new Uint8Array(ascii.length);
  let length = 0;
  for (let i = 0; i < ascii.length; i += 1, length += 1) {
    const code = ascii.charCodeAt(i);
    if (code === 0x25) {
      bytes[length] = Number.parseInt(ascii.slice(i + 1, i + 3), 16);
      i += 2;
    } else {
      bytes[length] = code;
    }
  }
  return bytes.subarray(0, length);
}

/** Two lower-case hexadecimal digits a byte. */
export function toHex(bytes: Uint8Array): string {
  return view(bytes).toString('hex');
}

/** The bytes of hexadecimal digits, in pairs with white space between them if any; null for anything else. */
export function fromHex(text: string): Uint8Array | null {
  return /^\s*(?:[\da-f]{2}\s*)*$/i.test(text) ? Buffer.from(text.replace(/\s+/g, ''), 'hex') : null;
}

/** The standard alphabet, padded. https://datatracker.ietf.org/doc/html/rfc4648#section-4 */
export function toBase64(bytes: Uint8Array): string {
  return view(bytes).toString('base64');
}

/**
 * The bytes of base64 in the standard or the URL-safe alphabet, padded or not; null for anything else, white space
 * included: in a query string it would be a plus sign gone wrong.
 */
export function fromBase64(text: string): Uint8Array | null {
  const digits = /^([\w+/-]*)(={0,2})$/.exec(text);
  if (digits?.[1] === undefined || (/[+/]/.test(digits[1]) && /[_-]/.test(digits[1]))) return null;
  if (digits[1].length % 4 === 1 || (digits[2] !== '' && text.length % 4 !== 0)) return null;
  return Buffer.from(digits[1], 'base64');
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
