import { millisecondsBetween } from './exchange-timings.ts';
import { fieldsFromHead, type HeaderField } from './field-lines.ts';

const LF = 10;
const CR = 13;
/** So many informational responses are told; more are counted as bytes alone. */
const MOST_INFORMATIONAL = 100;

/** The literal head of a 1xx response, and when it began. */
export interface InformationalHead {
  head: string;
  at: number;
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-4 */
const STATUS_LINE = /^HTTP\/(1\.[01]) ([1-9]\d\d)(?: ([\t -~\x80-\xff]*))?\r?\n$/;
/** https://www.rfc-editor.org/rfc/rfc9112#section-5 */
export const FIELD_LINE = /^[!#$%&'*+.^_`|~\dA-Za-z-]+:[\t -~\x80-\xff]*\r?\n$/;

/** A 1xx response. */
export interface InformationalResponse {
  status: number;
  statusText: string;
  headers: HeaderField[];
  /** Milliseconds since the dispatch until its first byte came. */
  atMs: number;
}

/** Reads the literal head of a 1xx response. */
export function readInformational({ head, at }: InformationalHead, dispatchedAt: number): InformationalResponse {
  const [, status, statusText] = /^HTTP\/\d\.\d (\d{3}) ?(.*)/.exec(head) ?? [];
  return {
    status: Number(status ?? 0),
    statusText: statusText ?? '',
    headers: fieldsFromHead(head),
    atMs: millisecondsBetween(dispatchedAt, at),
  };
}

/**
 * Follows the bytes of a connection to the end of the final response head: counts its bytes exactly and reads its HTTP
 * version, which undici does not tell. Heads of informational responses come before it. RFC 9112, section 2.1.
 */
export class HeadReader {
  readonly #maxBytes: number;
  #lineLength = 0;
  #text = '';
  #isStatusLine = true;
  #isInformational = false;
  #isDone = false;
  #lastByte: number | undefined;
  /** What earlier pushes brought of a status line that does not tell yet which kind of response it begins. */
  readonly #undecided: Buffer[] = [];
  /**
   * What the last push brought of the final response: what an HTTP parser is to see. undici ends the connection at an
   * unexpected 100 (Continue), which a client must be able to take. RFC 9110, section 15.2.
   */
  final: Buffer | null = null;
  /** Bytes of the head under way or, in the end, of the final one, its blank line included. */
  bytes = 0;
  /** Bytes of all heads so far. */
  totalBytes = 0;
  /** `1.1` or `1.0`, of the last status line read. */
  httpVersion = '1.1';
  /** The reason phrase of the final response, latin1. */
  statusText = '';
  /** What makes a head one that must not be believed, in words: its status line, or a field of an informational response. */
  fault: string | null = null;
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
    /** Where what may be of the final response begins. */
    let from = 0;
    while (!this.#isDone && position < bytes.length) {
      if (this.bytes === 0) this.startedAt = at;
      const end = bytes.indexOf(LF, position);
      const next = end === -1 ? bytes.length : end + 1;
      this.#take(bytes, position, next);
      if (this.totalBytes > this.#maxBytes) return false;
      const wasInformational = this.#isInformational;
      if (end !== -1) this.#endLine((end === 0 ? this.#lastByte : bytes[end - 1]) === CR);
      if (wasInformational || this.#isInformational) {
        this.#undecided.length = 0;
        from = next;
      }
      position = next;
    }
    this.#lastByte = bytes.at(-1);
    const rest = from === 0 ? bytes : bytes.subarray(from);
    if (this.#mayBeInformational()) {
      if (rest.length > 0) this.#undecided.push(rest);
      this.final = null;
    } else {
      this.final = this.#undecided.length === 0 ? rest : Buffer.concat([...this.#undecided.splice(0), rest]);
    }
    return true;
  }

  /** Within a head that is, or by what has come of its status line may be, that of an informational response. */
  #mayBeInformational(): boolean {
    if (this.#isDone) return false;
    if (!this.#isStatusLine) return this.#isInformational;
    return this.#text.length < 10 || /^HTTP\/\d\.\d 1(?!01)/.test(this.#text);
  }

  #take(bytes: Buffer, from: number, to: number): void {
    const count = to - from;
    this.bytes += count;
    this.totalBytes += count;
    this.#lineLength += count;
    // Status line and fields of an informational response are kept; those of the final one come from the HTTP parser.
    if (this.#isStatusLine || this.#isInformational) this.#text += bytes.toString('latin1', from, to);
  }

  #endLine(hasCarriageReturn: boolean): void {
    const isBlank = this.#lineLength === (hasCarriageReturn ? 2 : 1);
    if (this.#isStatusLine && !isBlank) this.#endStatusLine();
    else if (isBlank && !this.#isStatusLine) this.#endHead();
    else if (this.#isInformational && !FIELD_LINE.test(this.#text.slice(-this.#lineLength)))
      this.fault ??= 'a line of an informational response is no field';
    this.#lineLength = 0;
  }

  #endStatusLine(): void {
    const [, version, status, statusText] = STATUS_LINE.exec(this.#text.replace(/^(\r?\n)+/, '')) ?? [];
    if (version === undefined) this.fault ??= 'it does not begin with a status line of HTTP/1.1 or HTTP/1.0';
    else if (status === '101') this.fault ??= 'it switches protocols (101), which nobody asked for';
    this.httpVersion = version ?? this.httpVersion;
    this.statusText = statusText ?? '';
    this.#isInformational = status?.startsWith('1') === true && status !== '101';
    this.#isStatusLine = false;
  }

  #endHead(): void {
    if (!this.#isInformational) {
      this.#isDone = true;
      return;
    }
    if (this.informational.length < MOST_INFORMATIONAL) this.informational.push({ head: this.#text, at: this.startedAt });
    this.#text = '';
    this.bytes = 0;
    this.#isInformational = false;
    this.#isStatusLine = true;
  }
}
