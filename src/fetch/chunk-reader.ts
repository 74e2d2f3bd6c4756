import { ByteList } from './byte-list.ts';
import { FIELD_LINE } from './head-reader.ts';

const LF = 10;
/** Extensions are not looked at, but for what could hide the end of the line from another reader. */
const SIZE_LINE = /^0*([\da-f]{1,13})[ \t]*(?:;[^\r\n\0]*)?\r\n$/i;

/**
 * Takes a chunked body apart as its bytes come, in pieces of any size. What is read otherwise by one reader than by another
 * is how responses are smuggled: there is one way to write chunks, and all else is malformed.
 * https://www.rfc-editor.org/rfc/rfc9112#section-7.1
 */
export class ChunkReader {
  readonly #content = new ByteList();
  #part: 'size' | 'chunk' | 'trailers' = 'size';
  /** What has come of a line that is not whole. */
  #line = '';
  /** Bytes that the chunk under way still has, the CRLF behind it included. */
  #left = 0;
  /** Field lines that came after the last chunk, without their ends. */
  readonly trailers: string[] = [];
  /** Bytes of the body so far, those of its framing included; what follows its end is none of it. */
  bytes = 0;
  /** The body has come to its end. */
  isComplete = false;
  /** What came is not in chunks; nothing more is read. */
  isMalformed = false;

  /** Bytes of the content so far. */
  get contentBytes(): number {
    return this.#content.length;
  }

  /** Reads on, as far as the body goes. */
  push(bytes: Buffer): void {
    let position = 0;
    while (position < bytes.length && !this.isComplete && !this.isMalformed) {
      const next = this.#part === 'chunk' ? this.#takeContent(bytes, position) : this.#takeLine(bytes, position);
      this.bytes += next - position;
      position = next;
    }
  }

  /** The content so far. */
  content(): Buffer {
    return this.#content.concat();
  }

  #takeContent(bytes: Buffer, from: number): number {
    const to = Math.min(bytes.length, from + this.#left);
    // The last two bytes are the CRLF.
    const contentEnd = Math.min(to, from + Math.max(0, this.#left - 2));
    if (contentEnd > from) this.#content.push(bytes.subarray(from, contentEnd));
    this.#left -= to - from;
    this.#line += bytes.toString('latin1', contentEnd, to);
    if (this.#left > 0) this.isMalformed = this.#line !== '' && this.#line !== '\r';
    else this.#endLine(this.#line === '\r\n', 'size');
    return to;
  }

  #takeLine(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(LF, from);
    const to = end === -1 ? bytes.length : end + 1;
    this.#line += bytes.toString('latin1', from, to);
    if (end === -1) return to;
    if (this.#part === 'trailers') {
      this.isComplete = this.#line === '\r\n';
      if (!this.isComplete) this.trailers.push(this.#line.trimEnd());
      this.#endLine(this.isComplete || FIELD_LINE.test(this.#line), 'trailers');
      return to;
    }
    const [, size] = SIZE_LINE.exec(this.#line) ?? [];
    const chunkBytes = parseInt(size ?? '0', 16);
    this.#left = chunkBytes + 2;
    this.#endLine(size !== undefined, chunkBytes === 0 ? 'trailers' : 'chunk');
    return to;
  }

  #endLine(isSound: boolean, next: 'size' | 'chunk' | 'trailers'): void {
    this.isMalformed = !isSound;
    this.#line = '';
    this.#part = next;
  }
}
