import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { describeBody } from './body.ts';
import { contentOfBody, partsOf, requestParts } from './message-parts.ts';
import { fileNameOf } from './snapshot-headers.ts';
import { eachExchange, type Snapshot, type SnapshotExchange } from './snapshot.ts';

const compress = promisify(gzip);

/** A record to be: its named fields and its block. `payload` is what the block is about, where that is less than it. */
interface WarcRecord {
  id: string;
  type: 'warcinfo' | 'request' | 'response' | 'metadata';
  date: string;
  contentType: string;
  fields: readonly (readonly [name: string, value: string])[];
  block: Buffer;
  payload: Buffer | null;
}

/**
 * A snapshot as a WARC 1.1 file, each record a gzip member: what made it, then of each exchange the literal response, the
 * literal request and what is known besides. The same snapshot gives the same bytes each time.
 * https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
 *
 * @param version - of this server
 */
export async function warcOf(snapshot: Snapshot, version: string): Promise<Buffer> {
  const warcinfo = warcinfoOf(snapshot, version);
  const records = [warcinfo, ...eachExchange(snapshot).flatMap((part, index) => recordsOf(part, index, snapshot, warcinfo.id))];
  const members: Buffer[] = [];
  for (const record of records) members.push(await compress(serialized(record)));
  return Buffer.concat(members);
}

function warcinfoOf(snapshot: Snapshot, version: string): WarcRecord {
  const lines = [
    `software: Pagewire/${version}`,
    'format: WARC File Format 1.1',
    'conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
    `description: snapshot ${snapshot.id}${snapshot.insecureTls ? ', certificates not checked' : ''}`,
  ];
  return {
    id: recordId(snapshot, 'warcinfo', 0),
    type: 'warcinfo',
    date: snapshot.fetchedAt,
    contentType: 'application/warc-fields',
    fields: [['WARC-Filename', fileNameOf(snapshot, 'warc')]],
    block: Buffer.from(`${lines.join('\r\n')}\r\n`),
    payload: null,
  };
}

function recordsOf(part: SnapshotExchange, index: number, snapshot: Snapshot, warcinfoId: string): WarcRecord[] {
  const { exchange, wire } = part;
  const [responseId, requestId, metadataId] = (['response', 'request', 'metadata'] as const).map((type) =>
    recordId(snapshot, type, index),
  ) as [string, string, string];
  const target = new URL(exchange.url);
  target.hash = '';
  const about = [
    ['WARC-Target-URI', target.href],
    ['WARC-Warcinfo-ID', warcinfoId],
  ] as const;
  const address = exchange.remote.address === '' ? [] : [['WARC-IP-Address', exchange.remote.address] as const];
  const parts = partsOf(wire.response, exchange.method, part.isFinal && snapshot.content !== null);
  const sent = requestParts(wire);
  return [
    {
      id: responseId,
      type: 'response',
      date: exchange.startedAt,
      contentType: 'application/http;msgtype=response',
      // A content that nobody wanted was not read to its end.
      fields: [
        ...about,
        ...address,
        ['WARC-Concurrent-To', requestId],
        ...(parts.isComplete ? [] : [['WARC-Truncated', 'unspecified'] as const]),
      ],
      // Readers expect one head: those of informational responses are in the metadata.
      block: Buffer.concat([parts.head, parts.body]),
      payload: parts.isComplete ? contentOfBody(parts) : null,
    },
    {
      id: requestId,
      type: 'request',
      date: exchange.startedAt,
      contentType: 'application/http;msgtype=request',
      fields: [...about, ...address, ['WARC-Concurrent-To', responseId]],
      block: Buffer.concat([sent.head, sent.content]),
      payload: sent.content,
    },
    {
      id: metadataId,
      type: 'metadata',
      date: exchange.startedAt,
      contentType: 'application/json',
      fields: [...about, ['WARC-Concurrent-To', responseId]],
      block: Buffer.from(`${JSON.stringify(metadataOf(part, snapshot), null, 2)}\n`),
      payload: null,
    },
  ];
}

/** What the messages themselves do not say. */
function metadataOf({ exchange, isFinal }: SnapshotExchange, snapshot: Snapshot): Record<string, unknown> {
  const { timings, reused, stored, tls, informational } = exchange;
  const content = isFinal ? snapshot.content : null;
  if (content === null) return { snapshot: snapshot.id, timings, reused, stored, tls, informational };
  const { mediaType, contentEncoding, transferBytes, bytes, sha256, encoding, chunks } = describeBody(content, undefined);
  const body = { mediaType, contentEncoding, transferBytes, bytes, sha256, encoding, chunks };
  return { snapshot: snapshot.id, timings, reused, stored, tls, informational, body };
}

function serialized({ id, type, date, contentType, fields, block, payload }: WarcRecord): Buffer {
  const lines = [
    'WARC/1.1',
    `WARC-Type: ${type}`,
    `WARC-Record-ID: ${id}`,
    `WARC-Date: ${date}`,
    ...fields.map(([name, value]) => `${name}: ${value}`),
    `WARC-Block-Digest: ${digestOf(block)}`,
    ...(payload === null ? [] : [`WARC-Payload-Digest: ${digestOf(payload)}`]),
    `Content-Type: ${contentType}`,
    `Content-Length: ${String(block.length)}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), block, Buffer.from('\r\n\r\n')]);
}

/** A name that the same record has each time: a UUID of version 8. RFC 9562, section 5.8. */
function recordId(snapshot: Snapshot, type: WarcRecord['type'], index: number): string {
  const bytes = createHash('sha256')
    .update(`${snapshot.id} ${type} ${String(index)}`)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return `<urn:uuid:${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}>`;
}

/** SHA-1 in base32 is what every reader of WARC files knows. */
function digestOf(bytes: Uint8Array): string {
  return `sha1:${base32(createHash('sha1').update(bytes).digest())}`;
}

/** The 20 bytes of a SHA-1 need no padding. https://www.rfc-editor.org/rfc/rfc4648#section-6 */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(parseInt(group, 2)));
}
