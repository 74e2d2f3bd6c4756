/** Bytes of a block: at least, and at most. */
const LEAST = 4096;
const MOST = 1024 * 1024;

/**
 * Bytes that come in pieces of any size, of which each is copied where it belongs as it comes: what a socket was read into is given back
 * at once, and a sender of single bytes takes no more memory than one of many.
 */
export class ByteList {
  /** The first piece, as it came: often it is all there is. */
  #first: Buffer | null = null;
  readonly #blocks: Buffer[] = [];
  /** Bytes of the last block that are taken. */
  #used = 0;
  #expected = 0;
  /** How many bytes there are. */
  length = 0;

  /** Says how many bytes there will be in all, as somebody claims: then they are likely to lie in one block, of that size. */
  expect(bytes: number): void {
    this.#expected = bytes;
  }

  /** Adds a piece, which must not change afterwards: the first one is not copied. */
  push(piece: Buffer): void {
    if (piece.length === 0) return;
    this.length += piece.length;
    if (this.length === piece.length) {
      this.#first = piece;
      return;
    }
    const first = this.#first;
    this.#first = null;
    if (first !== null) this.#copy(first);
    this.#copy(piece);
  }

  /** How many blocks are kept, which is what the list takes beside its bytes. */
  get pieces(): number {
    return this.#blocks.length;
  }

  /** All bytes, or so many of the first ones, in one Buffer, which does not change when more come. */
  concat(most = this.length): Buffer {
    const length = Math.min(most, this.length);
    const only = this.#first ?? (this.#blocks.length === 1 ? this.#blocks[0] : undefined);
    if (only === undefined) return Buffer.concat(this.#blocks, length);
    // One that would keep much more alive than itself is copied.
    return length >= only.buffer.byteLength * 0.75 ? only.subarray(0, length) : Buffer.concat([only], length);
  }

  /** Forgets the bytes. */
  clear(): void {
    this.#first = null;
    this.#blocks.length = 0;
    this.#used = this.length = 0;
  }

  #copy(piece: Buffer): void {
    for (let from = 0; from < piece.length;) {
      let block = this.#blocks.at(-1);
      if (block === undefined || this.#used === block.length) block = this.#addBlock();
      const copied = piece.copy(block, this.#used, from);
      from += copied;
      this.#used += copied;
    }
  }

  #addBlock(): Buffer {
    const before = this.#blocks.reduce((sum, { length }) => sum + length, 0);
    const wanted = this.#expected > before ? this.#expected - before : Math.max(LEAST, this.length);
    const block = Buffer.allocUnsafeSlow(Math.min(MOST, wanted));
    this.#blocks.push(block);
    this.#used = 0;
    return block;
  }
}
