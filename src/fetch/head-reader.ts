const LF = 10;
const CR = 13;
/** So many informational responses are told; more are counted as bytes alone. */
const MOST_INFORMATIONAL = 100;

/** The literal head of a 1xx response, and when it began. */
export interface InformationalHead {
  head: string;
  at: number;
}

/**
 * Follows the bytes of a connection to the end of the final response head: counts its bytes exactly and reads its HTTP
 * version, which undici does not tell. Heads of informational responses come before it. RFC 9112, section 2.1.
 */
export class HeadReader {
  readonly #maxBytes: number;
  #line = '';
  #lineLength = 0;
  #text = '';
  #isStatusLine = true;
  #isInformational = false;
  #isDone = false;
  /** Bytes of the head under way or, in the end, of the final one, its blank line included. */
  bytes = 0;
  /** Bytes of all heads so far. */
  totalBytes = 0;
  /** `1.1` or `1.0`, of the last status line read. */
  httpVersion = '1.1';
  /** When the first byte of the head under way or, in the end, of the final one came. */
  startedAt = 0;
  /** The literal heads of informational responses, latin1; the first of them, when there are many. */
  readonly informational: InformationalHead[] = [];

  /** `maxBytes` bounds all heads of one exchange together. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The final head has been read to its end. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Reads on what came at an instant; false once the heads are larger than allowed. Bytes after the final head are not looked at. */
  push(bytes: Buffer, at = 0): boolean {
    let position = 0;
    while (!this.#isDone && position < bytes.length) {
      if (this.bytes === 0) this.startedAt = at;
      const end = bytes.indexOf(LF, position);
      const next = end === -1 ? bytes.length : end + 1;
      this.#take(bytes, position, next);
      if (this.totalBytes > this.#maxBytes) return false;
      if (end !== -1) this.#endLine(bytes[end - 1] === CR);
      position = next;
    }
    return true;
  }

  #take(bytes: Buffer, from: number, to: number): void {
    const count = to - from;
    this.bytes += count;
    this.totalBytes += count;
    this.#lineLength += count;
    // Only the status line is looked at, and of it only the beginning.
    if (this.#isStatusLine && this.#line.length < 16) this.#line += bytes.toString('latin1', from, Math.min(to, from + 16));
    // Status line and fields of an informational response are kept; those of the final one come from the HTTP parser.
    if (this.#isStatusLine || this.#isInformational) this.#text += bytes.toString('latin1', from, to);
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
        if (this.informational.length < MOST_INFORMATIONAL) this.informational.push({ head: this.#text, at: this.startedAt });
        this.#text = '';
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
