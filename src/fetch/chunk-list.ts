import { millisecondsBetween } from './exchange-timings.ts';

/** Content as it came off the socket, once a read: bytes of this piece, bytes so far, milliseconds since the start. */
export interface Chunk {
  bytes: number;
  total: number;
  atMs: number;
}

/** So many pieces are told apart; what comes after counts to the last. */
const MAX_CHUNKS = 10_000;

/** The pieces of a content: what one read of the socket brought is one piece, however many chunks of a chunked content it held. */
export class ChunkList {
  readonly #startedAt: number;
  readonly chunks: Chunk[] = [];
  #readAt = 0;
  #isNewRead = true;
  #total = 0;

  /** `startedAt` is the start of the exchange, by `performance.now()`. */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  /** The socket was read at an instant: what is added next came with it. */
  read(at: number): void {
    this.#readAt = at;
    this.#isNewRead = true;
  }

  /** Content of the last read. */
  add(bytes: number): void {
    this.#total += bytes;
    const last = this.chunks.at(-1);
    if (last !== undefined && (!this.#isNewRead || this.chunks.length >= MAX_CHUNKS)) {
      last.bytes += bytes;
      last.total = this.#total;
    } else {
      this.chunks.push({ bytes, total: this.#total, atMs: millisecondsBetween(this.#startedAt, this.#readAt) });
    }
    this.#isNewRead = false;
  }
}
