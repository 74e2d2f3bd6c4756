const LF = 10;
const CR = 13;

/**
 * Follows the bytes of a connection to the end of the final response head: counts its bytes exactly and reads its HTTP
 * version, which undici does not tell. Heads of informational responses come before it. RFC 9112, section 2.1.
 */
export class HeadReader {
  readonly #maxBytes: number;
  #line = '';
  #lineLength = 0;
  #total = 0;
  #isStatusLine = true;
  #isInformational = false;
  #isDone = false;
  /** Bytes of the head under way or, in the end, of the final one, its blank line included. */
  bytes = 0;
  /** `1.1` or `1.0`, of the last status line read. */
  httpVersion = '1.1';

  /** `maxBytes` bounds all heads of one exchange together. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Reads on; false once the heads are larger than allowed. Bytes after the final head are not looked at. */
  push(bytes: Buffer): boolean {
    let position = 0;
    while (!this.#isDone && position < bytes.length) {
      const end = bytes.indexOf(LF, position);
      const next = end === -1 ? bytes.length : end + 1;
      this.#take(bytes, position, next);
      if (this.#total > this.#maxBytes) return false;
      if (end !== -1) this.#endLine(bytes[end - 1] === CR);
      position = next;
    }
    return true;
  }

  #take(bytes: Buffer, from: number, to: number): void {
    const count = to - from;
    this.bytes += count;
    this.#total += count;
    this.#lineLength += count;
    // Only the status line is looked at, and of it only the beginning.
    if (this.#isStatusLine && this.#line.length < 16) this.#line += bytes.toString('latin1', from, Math.min(to, from + 16));
  }

  #endLine(hasCarriageReturn: boolean): void {
    const isBlank = this.#lineLength === (hasCarriageReturn ? 2 : 1);
    if (this.#isStatusLine && !isBlank) {
      const [, version, status] = /^HTTP\/(\d\.\d) (\d{3})/.exec(this.#line) ?? [];
      this.httpVersion = version ?? this.httpVersion;
      this.#isInformational = status?.startsWith('1') === true && status !== '101';
      this.#isStatusLine = false;
    } else if (isBlank && !this.#isStatusLine) {
      if (this.#isInformational) {
        this.bytes = 0;
        this.#isStatusLine = true;
      } else {
        this.#isDone = true;
      }
    }
    this.#line = '';
    this.#lineLength = 0;
  }
}
