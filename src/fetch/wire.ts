import { isUtf8 } from 'node:buffer';
import { decodeText, determineEncoding } from '../encode/character-encoding.ts';
import { contentCodings } from './content-coding.ts';
import { combinedValue, type HeaderField } from './field-lines.ts';
import { type MediaType, mediaTypeOf } from './media-type.ts';
import { contentOfBody, partsOf, requestParts } from './message-parts.ts';
import type { Retrieved } from './retrieved.ts';
import { eachExchange, type Snapshot, type SnapshotExchange } from './snapshot.ts';
import { snapshotHeaders } from './snapshot-headers.ts';

/** So much of a content that is not text is shown. */
const MOST_DUMPED = 64 * 1024;

const LF = 10;

/** A content as transferred, and what is known of it. */
interface Transferred {
  /** Chunk framing included. */
  body: Buffer;
  content: Buffer;
  headers: readonly HeaderField[];
  mediaType: MediaType;
}

/**
 * The literal bytes of a snapshot's exchanges as a text in UTF-8: of each the request, then the response. Heads, and
 * content in UTF-8 or ASCII, stand there byte for byte; text in another encoding is decoded, and what is no text, or is
 * coded, is dumped in hexadecimal. A line of ours is in square brackets.
 *
 * @param encoding - a label to decode the final content with
 */
export function wireTranscript({ snapshot, cache }: Retrieved, encoding: string | undefined): Buffer {
  const shown = eachExchange(snapshot).flatMap((part, index) => [
    ...(index === 0 ? [] : [`\r\n[exchange ${String(index + 1)} of ${String(snapshot.exchanges.length)}]\r\n\r\n`]),
    ...(part.exchange.stored
      ? [`[a stored response, which its origin confirmed by the 304 above; it was asked for at ${part.exchange.startedAt}]\r\n`]
      : []),
    ...requestShown(part),
    ...responseShown(part, snapshot, encoding),
  ]);
  // Who names a snapshot knows that it was retrieved before.
  const fromCache = cache.status === 'hit' && cache.freshUntil !== null;
  const note = `[a stored response, retrieved at ${snapshot.fetchedAt}: nothing was sent now; cache=reload asks anew]\r\n`;
  return Buffer.concat([...(fromCache ? [note] : []), ...shown].map((bytes) => (typeof bytes === 'string' ? Buffer.from(bytes) : bytes)));
}

function requestShown({ exchange: { requestHeaders: headers }, wire }: SnapshotExchange): (Buffer | string)[] {
  const { head, content } = requestParts(wire);
  if (content.length === 0) return [headShown(head)];
  const shown = contentShown({ body: content, content, headers, mediaType: mediaTypeOf(headers, content) }, undefined);
  return [headShown(head), shown, shown.at(-1) === LF ? '' : '\r\n'];
}

function responseShown(
  { exchange, wire, isFinal }: SnapshotExchange,
  snapshot: Snapshot,
  encoding: string | undefined,
): (Buffer | string)[] {
  const { headers } = exchange;
  const known = isFinal ? snapshot.content : null;
  const parts = partsOf(wire.response, exchange.method, known !== null);
  const content = contentOfBody(parts);
  const body: Transferred = { body: parts.body, content, headers, mediaType: known?.mediaType ?? mediaTypeOf(headers, content) };
  return [
    headShown(parts.informational),
    headShown(parts.head),
    ...(parts.body.length === 0 ? [] : [contentShown(body, known === null ? undefined : encoding)]),
    ...(parts.isComplete ? [] : ['\r\n[the content was not read to its end]\r\n']),
  ];
}

/** A head whose bytes are not UTF-8 is read as latin1, in which every byte is a character. */
function headShown(head: Buffer): Buffer {
  return isUtf8(head) ? head : Buffer.from(head.toString('latin1'));
}

function contentShown({ body, content, headers, mediaType }: Transferred, override: string | undefined): Buffer {
  const framing = body.length === content.length ? '' : ', chunk framing included';
  const codings = contentCodings(combinedValue(headers, 'content-encoding'));
  if (codings.length > 0) return dump(body, `${mediaType.essence} coded with ${codings.join(', ')}${framing}`);
  if (mediaType.kind === 'binary') return dump(body, mediaType.essence + framing);
  const { name } = determineEncoding(content, { override, transport: mediaType.charset ?? undefined, syntax: mediaType.kind });
  if (name === 'UTF-8') return body;
  // Chunk framing is ASCII, which these are not made of.
  if (framing !== '' && name.startsWith('UTF-16')) return dump(body, `${mediaType.essence} in ${name}${framing}`);
  return Buffer.from(decodeText(body, name).text);
}

/** Sixteen bytes a line: offset, bytes in hexadecimal, the same as ASCII. */
function dump(bytes: Buffer, what: string): Buffer {
  const shown = bytes.subarray(0, MOST_DUMPED);
  const left = bytes.length - shown.length;
  const lines = [`[hex dump of ${String(bytes.length)} bytes: ${what}${left > 0 ? `; the last ${String(left)} are left out` : ''}]`];
  for (let offset = 0; offset < shown.length; offset += 16) lines.push(dumpLine(shown.subarray(offset, offset + 16), offset));
  return Buffer.from(`${lines.join('\r\n')}\r\n`);
}

function dumpLine(bytes: Buffer, offset: number): string {
  const hex = [...bytes].map((byte, index) => (index === 8 ? ' ' : '') + byte.toString(16).padStart(2, '0')).join(' ');
  const ascii = bytes.toString('latin1').replace(/[^ -~]/g, '.');
  return `${offset.toString(16).padStart(8, '0')}  ${hex.padEnd(48)}  |${ascii}|`;
}

/** The header fields of a transcript: a text, of which nothing makes a browser run anything. */
export function wireHeaders(snapshot: Snapshot): Record<string, string> {
  return { ...snapshotHeaders(snapshot), 'Content-Type': 'text/plain; charset=utf-8' };
}
