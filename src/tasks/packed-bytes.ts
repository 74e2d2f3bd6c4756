/** Where bytes lie among those of a task. */
export interface Place {
  from: number;
  to: number;
}

/** Collects the bytes of a task, and says where each part will lie once they are joined. */
export class BytesPacker {
  readonly bytes: Uint8Array[] = [];
  #length = 0;

  add(...parts: readonly Uint8Array[]): Place {
    const from = this.#length;
    for (const part of parts) {
      this.bytes.push(part);
      this.#length += part.byteLength;
    }
    return { from, to: this.#length };
  }

  /** How many there are. */
  get length(): number {
    return this.#length;
  }
}
