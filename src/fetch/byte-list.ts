/** A piece from this size on is kept as it came, and so are the first few of any size; other ones are copied into blocks. */
const LARGE = 4096;
const FIRST = 32;
const BLOCK = 16 * 1024;

/**
 * Bytes that come in pieces of any size. Small pieces are copied together, so that a sender of single bytes takes no more
 * memory than one of many.
 */
export class ByteList {
  readonly #pieces: Buffer[] = [];
  #block: Buffer | null = null;
  #from = 0;
  #to = 0;
  /** How many bytes there are. */
  length = 0;

  /** Adds a piece, which must not change afterwards: not every one is copied. */
  push(piece: Buffer): void {
    this.length += piece.length;
    if (piece.length >= LARGE || this.#pieces.length < FIRST) {
      this.#closeRun();
      this.#pieces.push(piece);
      return;
    }
    if (this.#block === null || this.#to + piece.length > BLOCK) {
      this.#closeRun();
      this.#block = Buffer.allocUnsafeSlow(BLOCK);
      this.#from = this.#to = 0;
    }
    this.#to += piece.copy(this.#block, this.#to);
  }

  /** How many pieces are kept, which is what the list takes beside its bytes. */
  get pieces(): number {
    return this.#pieces.length;
  }

  /** All bytes, or so many of the first ones, in one Buffer of their own. */
  concat(most = this.length): Buffer {
    this.#closeRun();
    return Buffer.concat(this.#pieces, Math.min(most, this.length));
  }

  /** Forgets the bytes. */
  clear(): void {
    this.#pieces.length = 0;
    this.#block = null;
    this.#from = this.#to = this.length = 0;
  }

  /** What has been copied since the last large piece becomes a piece; the rest of its block is used further. */
  #closeRun(): void {
    if (this.#block !== null && this.#to > this.#from) this.#pieces.push(this.#block.subarray(this.#from, this.#to));
    this.#from = this.#to;
  }
}
