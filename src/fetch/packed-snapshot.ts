import { BytesPacker, type Place } from '../tasks/packed-bytes.ts';
import type { Snapshot, SnapshotContent } from './snapshot.ts';

/** A snapshot as JSON, its bytes apart: as it travels to another process. */
export interface PackedSnapshot extends Omit<Snapshot, 'wire' | 'content'> {
  wire: { request: Place; response: Place }[];
  content: (Omit<SnapshotContent, 'bytes'> & { bytes: Place }) | null;
}

/** Takes a snapshot apart; its bytes are not copied. */
export function packSnapshot({ wire, content, ...snapshot }: Snapshot): { packed: PackedSnapshot; bytes: Uint8Array[] } {
  const packer = new BytesPacker();
  const { bytes } = packer;
  const places = wire.map(({ request, response }) => ({ request: packer.add(request), response: packer.add(response) }));
  const packed = { ...snapshot, wire: places, content: null };
  if (content === null) return { packed, bytes };
  const response = wire.at(-1)?.response;
  const within = response === undefined ? null : offsetWithin(response, content.bytes);
  const start = places.at(-1)?.response.from ?? 0;
  // A content that was neither coded nor chunked lies within the literal bytes.
  const lies = within === null ? packer.add(content.bytes) : { from: start + within, to: start + within + content.bytes.byteLength };
  return { packed: { ...packed, content: { ...content, bytes: lies } }, bytes };
}

function offsetWithin(whole: Uint8Array, part: Uint8Array): number | null {
  const offset = part.byteOffset - whole.byteOffset;
  return part.buffer === whole.buffer && offset >= 0 && offset + part.byteLength <= whole.byteLength ? offset : null;
}

/** Puts a snapshot together again, of its bytes joined. */
export function unpackSnapshot({ wire, content, ...snapshot }: PackedSnapshot, bytes: Buffer): Snapshot {
  const at = ({ from, to }: Place): Buffer => bytes.subarray(from, to);
  return {
    ...snapshot,
    wire: wire.map(({ request, response }) => ({ request: at(request), response: at(response) })),
    content: content && { ...content, bytes: at(content.bytes) },
  };
}
