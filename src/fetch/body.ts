import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  type Decoded,
  decodeText,
  determineEncoding,
  type EncodingDecision,
  type EncodingHints,
  firstInvalidOffset,
} from '../encode/character-encoding.ts';
import { type EncodingRepair, proposeRepair } from '../encode/repair.ts';
import type { Chunk } from './chunk-list.ts';
import type { Retrieved } from './retrieved.ts';
import type { SnapshotContent } from './snapshot.ts';
import { snapshotHeaders } from './snapshot-headers.ts';

/** The encoding of a content, why, and how well it fits. */
interface BodyEncoding extends EncodingDecision {
  replacements: number;
  firstInvalidOffset: number | null;
  repair: EncodingRepair | null;
}

/** The final content of a snapshot, described and read. */
export interface BodyFacts {
  mediaType: string;
  contentEncoding: string | null;
  transferBytes: number;
  bytes: number;
  sha256: string;
  truncated: boolean;
  encoding: BodyEncoding | null;
  text: string | null;
  base64: string | null;
  chunks: readonly Chunk[];
}

/** The hints for a content that is text; null for bytes that are none. */
export function encodingHints({ mediaType }: SnapshotContent, override: string | undefined): EncodingHints | null {
  if (mediaType.kind === 'binary') return null;
  return { override, transport: mediaType.charset ?? undefined, syntax: mediaType.kind };
}

/** Describes a content: its text where its media type is textual, base64 for the rest. `override` is an encoding label. */
export function describeBody(content: SnapshotContent, override: string | undefined): BodyFacts {
  const { bytes, mediaType, contentEncoding, transferBytes, chunks } = content;
  const hints = encodingHints(content, override);
  const decision = hints === null ? null : determineEncoding(bytes, hints);
  const decoded = decision === null ? null : decodeText(bytes, decision.name);
  return {
    mediaType: mediaType.essence,
    contentEncoding,
    transferBytes,
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    truncated: false,
    encoding: decision === null || decoded === null ? null : describeEncoding(bytes, decision, decoded),
    text: decoded?.text ?? null,
    base64: decoded === null ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') : null,
    chunks,
  };
}

function describeEncoding(bytes: Uint8Array, decision: EncodingDecision, { text, replacements }: Decoded): BodyEncoding {
  const offset = replacements === 0 ? null : firstInvalidOffset(bytes, decision.name);
  return { ...decision, replacements, firstInvalidOffset: offset, repair: isAscii(bytes) ? null : proposeRepair(text) };
}

/** The content as bytes; none for a snapshot that holds a head alone. */
export function bodyBytes({ snapshot }: Retrieved): Buffer {
  const bytes = snapshot.content?.bytes ?? new Uint8Array();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The header fields of a content passed on: its own media type, and all that keeps a browser from running it here. */
export function bodyHeaders({ snapshot }: Retrieved): Record<string, string> {
  const { essence, charset } = snapshot.content?.mediaType ?? { essence: 'application/octet-stream', charset: null };
  const parameter = charset !== null && /^[\w.:-]{1,40}$/.test(charset) ? `; charset=${charset}` : '';
  return {
    'Content-Type': `${essence}${parameter}`,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName(snapshot.finalUrl))}`,
    ...snapshotHeaders(snapshot),
  };
}

/** The last segment of a URL's path, as a file may be called. */
function fileName(url: string): string {
  const segment = new URL(url).pathname.split('/').pop() ?? '';
  const name = decodeSegment(segment)
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .slice(-100);
  return name === '' || /^\.+$/.test(name) ? 'body' : name;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
