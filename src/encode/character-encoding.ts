import { isAscii, isUtf8 } from 'node:buffer';
import { getBOMEncoding, TextDecoder } from '@exodus/bytes/encoding.js';
import { getEncoding, getMetaEncoding, getXmlEncoding } from './labels.ts';
import { metaDeclarations } from './prescan.ts';
import { countReplacements } from './replacements.ts';
import { utf16XmlDeclaration, xmlDeclaration } from './xml-declaration.ts';

/** What may decide an encoding, in order of precedence. */
export const ENCODING_SOURCES = ['bom', 'override', 'transport', 'meta', 'xml', 'detected', 'default'] as const;

/** One of {@link ENCODING_SOURCES}. */
export type EncodingSource = (typeof ENCODING_SOURCES)[number];

/** One source that said something. */
export interface EncodingCandidate {
  source: EncodingSource;
  /** As written, cut after 100 characters; for a byte order mark, a detection and a default the encoding's name. */
  label: string;
  /** Where the label, or the byte order mark, lies in the bytes; null where it is not in them. */
  offset: number | null;
}

/** An encoding and how it was found. */
export interface EncodingDecision {
  /** The standard's name. */
  name: string;
  source: EncodingSource;
  /** In order of precedence, losers and unknown labels included; `detected` or `default` only where it decides. */
  candidates: EncodingCandidate[];
  /** Two sources that declare an encoding name different ones. */
  conflict: boolean;
}

/** What is known besides the bytes. */
export interface EncodingHints {
  /** A label that the caller insists on. */
  override?: string | undefined;
  /** The charset parameter of the Content-Type. */
  transport?: string | undefined;
  syntax: 'html' | 'xml' | 'json' | 'text';
}

/** Text and how many U+FFFD in it stand for bytes that the encoding has no character for. */
export interface Decoded {
  text: string;
  replacements: number;
}

interface Declaration extends EncodingCandidate {
  /** Null where the label names no encoding. */
  name: string | null;
}

/**
 * Which encoding the bytes are in: by byte order mark, override, transport, `<meta>`, XML declaration; where nothing is
 * declared, UTF-8 if the bytes are valid UTF-8 and not ASCII alone (a difference from browsers, on purpose), and else the
 * syntax's default. An unknown label is listed and passed over.
 *
 * https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
 */
export function determineEncoding(bytes: Uint8Array, hints: EncodingHints): EncodingDecision {
  const declarations = declarationsIn(bytes, hints);
  const names = new Set(declarations.flatMap(({ name }) => name ?? []));
  const candidates = declarations.map(({ source, label, offset }) => ({ source, label: shown(label), offset }));
  const conflict = names.size > 1;
  const decided = declarations.find(({ name }) => name !== null);
  if (decided?.name != null) return { name: decided.name, source: decided.source, candidates, conflict };
  const detected = !isAscii(bytes) && isUtf8(bytes);
  const source = detected ? 'detected' : 'default';
  const name = detected || hints.syntax === 'xml' || hints.syntax === 'json' ? 'UTF-8' : 'windows-1252';
  return { name, source, candidates: [...candidates, { source, label: name, offset: null }], conflict };
}

/** No label of an encoding is nearly as long; a hostile one must not fill the answer. */
const LONGEST_LABEL = 100;

function shown(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL)}…` : label;
}

function declarationsIn(bytes: Uint8Array, { override, transport, syntax }: EncodingHints): Declaration[] {
  const declarations: Declaration[] = [];
  const bom = getEncoding(getBOMEncoding(bytes) ?? '');
  if (bom !== null) declarations.push({ source: 'bom', label: bom, offset: 0, name: bom });
  if (override !== undefined) declarations.push({ source: 'override', label: override, offset: null, name: getEncoding(override) });
  if (transport !== undefined) declarations.push({ source: 'transport', label: transport, offset: null, name: getEncoding(transport) });
  if (syntax === 'html') {
    for (const { label, offset } of metaDeclarations(bytes)) {
      declarations.push({ source: 'meta', label, offset, name: getMetaEncoding(label) });
    }
  }
  if (syntax === 'html' || syntax === 'xml') {
    const utf16 = utf16XmlDeclaration(bytes);
    const xml = xmlDeclaration(bytes, bom === 'UTF-8' ? 3 : 0);
    if (utf16 !== null) declarations.push({ source: 'xml', label: utf16, offset: 0, name: utf16 });
    if (xml !== null) declarations.push({ source: 'xml', ...xml, name: getXmlEncoding(xml.label) });
  }
  return declarations;
}

type Decoder = InstanceType<typeof TextDecoder>;

const decoders = new Map<string, Decoder>();

/**
 * Decodes as the Encoding Standard says, with U+FFFD for what the encoding has no character for. A byte order mark of the
 * same encoding is left out of the text; another one is content (it should have decided the encoding). The bytes may lie
 * in shared memory.
 *
 * https://encoding.spec.whatwg.org/#concept-encoding-run
 *
 * @param name - an encoding's name or label
 * @throws RangeError for an unknown label
 */
export function decodeText(bytes: Uint8Array, name: string): Decoded {
  // The replacement decoder reports one error for all that there is.
  if (name === 'replacement') return bytes.length === 0 ? { text: '', replacements: 0 } : { text: '\uFFFD', replacements: 1 };
  // Most pages: nothing is replaced, and there is a faster way.
  const valid = validUtf8(bytes, name);
  if (valid !== null) return { text: valid.toString('utf8'), replacements: 0 };
  let decoder = decoders.get(name);
  if (decoder === undefined) {
    decoder = new TextDecoder(name);
    decoders.set(name, decoder);
  }
  const text = decoder.decode(bytes);
  return { text, replacements: countReplacements(text, bytes, name) };
}

/**
 * The bytes themselves, their byte order mark left out, where they are UTF-8 and nothing in them is replaced; null where not.
 *
 * @param name - an encoding's name
 */
export function validUtf8(bytes: Uint8Array, name: string): Buffer | null {
  if (name !== 'UTF-8' || !isUtf8(bytes)) return null;
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(hasMark ? 3 : 0);
}

/** Bytes that are tried at a time; no matter but of speed. */
const TRIED_BYTES = 4096;

/**
 * The offset in bytes of the first sequence that {@link decodeText} replaces; null where it replaces none.
 *
 * @param name - an encoding's name
 */
export function firstInvalidOffset(bytes: Uint8Array, name: string): number | null {
  if (decodeText(bytes, name).replacements === 0) return null;
  if (name === 'replacement') return 0;
  // The sequence began behind the longest valid part before the byte that gave it away.
  let start = Math.min(bytesUntilError(bytes, name), bytes.length - 1);
  while (start > 0 && !isValid(bytes.subarray(0, start), name)) start -= 1;
  return start;
}

/** The offset of the byte at which a decoder sees the first error; the length where it sees it only at the end. */
function bytesUntilError(bytes: Uint8Array, name: string): number {
  const coarse = feed(new TextDecoder(name, { fatal: true, ignoreBOM: true }), bytes, 0, TRIED_BYTES);
  const fine = new TextDecoder(name, { fatal: true, ignoreBOM: true });
  fine.decode(bytes.subarray(0, coarse), { stream: true });
  return feed(fine, bytes, coarse, 1);
}

/** Feeds a decoder from `start` on, `step` bytes at a time; the offset of the step that failed, or the length. */
function feed(decoder: Decoder, bytes: Uint8Array, start: number, step: number): number {
  let at = start;
  try {
    for (; at < bytes.length; at += step) decoder.decode(bytes.subarray(at, at + step), { stream: true });
    return bytes.length;
  } catch {
    return at;
  }
}

function isValid(bytes: Uint8Array, name: string): boolean {
  try {
    new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
