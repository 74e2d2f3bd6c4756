import type { Chunk } from './chunk-list.ts';
import type { Exchange, WireBytes } from './exchange.ts';
import type { MediaType } from './media-type.ts';

/** All that one retrieval brought back: its exchanges in order and the final content. Never changed once made. */
export interface Snapshot {
  readonly id: string;
  /** The target URL as asked. */
  readonly url: string;
  readonly finalUrl: string;
  /** ISO 8601. */
  readonly fetchedAt: string;
  readonly exchanges: readonly [Exchange, ...Exchange[]];
  readonly insecureTls: boolean;
  /** How many redirects would have been followed. */
  readonly maxRedirects: number;
  /** The literal bytes of each exchange. */
  readonly wire: readonly WireBytes[];
  /** Null when only the head was wanted. */
  readonly content: SnapshotContent | null;
  /**
   * The response that all ends with: that of the last exchange, or where that is a stored one, what the 304 before it made
   * of it. https://www.rfc-editor.org/rfc/rfc9111#section-3.2
   */
  readonly final: Exchange;
}

/** The content of the final response, its content codings undone. */
export interface SnapshotContent {
  readonly bytes: Uint8Array;
  readonly mediaType: MediaType;
  /** The codings as declared, or null. */
  readonly contentEncoding: string | null;
  /** Bytes as coded, without chunk framing. */
  readonly transferBytes: number;
  readonly chunks: readonly Chunk[];
}

/** Bytes that a snapshot takes in memory, roughly. */
export function weightOf(snapshot: Snapshot): number {
  const heads = snapshot.exchanges.reduce((sum, exchange) => sum + exchange.headerBytes * 4 + 2048, 0);
  const wire = snapshot.wire.reduce((sum, { request, response }) => sum + request.byteLength + response.byteLength, 0);
  return heads + wire + contentWeight(snapshot);
}

/** A content that was neither coded nor chunked lies within the literal bytes, which are counted already. */
function contentWeight({ content, wire }: Snapshot): number {
  if (content === null) return 0;
  const isShared = content.bytes.buffer === wire.at(-1)?.response.buffer;
  return (isShared ? 0 : content.bytes.byteLength) + content.chunks.length * 48;
}

/** One exchange of a snapshot with its literal bytes. */
export interface SnapshotExchange {
  exchange: Exchange;
  wire: WireBytes;
  /** The one whose content the snapshot holds, unless it holds a head alone. */
  isFinal: boolean;
}

const NO_BYTES = new Uint8Array();

/** The exchanges of a snapshot in order. */
export function eachExchange({ exchanges, wire }: Snapshot): SnapshotExchange[] {
  return exchanges.map((exchange, index) => ({
    exchange,
    wire: wire[index] ?? { request: NO_BYTES, response: NO_BYTES },
    isFinal: index === exchanges.length - 1,
  }));
}
