/** A message from one process to another: facts, which travel as JSON, and bytes, which travel as they are. */
export interface Message {
  facts: unknown;
  pieces: Buffer[];
}

/** Two lengths before each message: of the facts, of the bytes. */
const HEAD_BYTES = 8;

/** A message as it is sent, in pieces. The bytes are not copied: they must not change until they have left. */
export function frameOf(facts: unknown, bytes: readonly Uint8Array[]): Uint8Array[] {
  const json = Buffer.from(JSON.stringify(facts));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(
    bytes.reduce((sum, { byteLength }) => sum + byteLength, 0),
    4,
  );
  return [Buffer.concat([head, json]), ...bytes.filter(({ byteLength }) => byteLength > 0)];
}

/** Puts messages together from the pieces that a pipe brings. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #length = 0;
  #expected: { facts: number; bytes: number } | null = null;

  /** The messages that a piece completes. */
  push(piece: Buffer): Message[] {
    this.#pieces.push(piece);
    this.#length += piece.length;
    const messages: Message[] = [];
    for (let message = this.#next(); message !== null; message = this.#next()) messages.push(message);
    return messages;
  }

  #next(): Message | null {
    if (this.#expected === null) {
      if (this.#length < HEAD_BYTES) return null;
      const head = Buffer.concat(this.#take(HEAD_BYTES));
      this.#expected = { facts: head.readUInt32LE(0), bytes: head.readUInt32LE(4) };
    }
    const { facts, bytes } = this.#expected;
    if (this.#length < facts + bytes) return null;
    this.#expected = null;
    return { facts: JSON.parse(Buffer.concat(this.#take(facts)).toString()), pieces: this.#take(bytes) };
  }

  /** The first bytes that have come, so many. */
  #take(length: number): Buffer[] {
    const taken: Buffer[] = [];
    let missing = length;
    let index = 0;
    for (; missing > 0; index++) {
      const piece = this.#pieces[index] ?? Buffer.alloc(missing);
      taken.push(piece.subarray(0, missing));
      missing -= piece.length;
      if (missing < 0) this.#pieces[index--] = piece.subarray(missing);
    }
    this.#pieces = this.#pieces.slice(index);
    this.#length -= length;
    return taken;
  }
}
