import { decodeHTML, decodeHTMLAttribute } from 'entities/decode';
import { ELEMENT_NUMBERS } from './element-names.ts';
import type { SourcePosition } from './source-position.ts';
import { TAG_READER } from './tag-reader-code.ts';
import { asciiLowercase, normalizeNewlines } from './tree.ts';

/** The attributes whose values a {@link TagReader} gives. */
export const READ_ATTRIBUTES = ['href', 'rel', 'title', 'type', 'role'] as const;
/** One of {@link READ_ATTRIBUTES}, by its place among them. */
export type ReadAttribute = 0 | 1 | 2 | 3 | 4;

/** Where the content stands in memory; what lies below is the code's own. */
const CONTENT = 65_536;
/** A content up to here is read in the memory that is there, a larger one in memory of its own, which is given back. */
const KEPT_BYTES = 4 * 1024 * 1024;
/** What is told of the tag read last, by places of numbers. */
const [POSITION, START, NAME_START, NAME_END, NUMBER, IS_END_TAG, IS_SELF_CLOSING, MARKS, LINE, COLUMN, CODE_UNITS, VALUES] = [
  128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 144,
] as const;

/** What `assembly/tag-reader.ts` exports. */
interface Code {
  memory: WebAssembly.Memory;
  addName(length: number, number: number): void;
  addAttribute(length: number): number;
  reserve(length: number): void;
  open(length: number, mostMarks: number): void;
  moveTo(place: number): void;
  next(): number;
  passRawText(isScript: boolean): number;
  cdata(start: number): number;
  locate(place: number): void;
}

/** The code with its memory, as bytes and as numbers. */
interface Machine {
  code: Code;
  bytes: Uint8Array;
  numbers: Int32Array;
}

let compiled: WebAssembly.Module | undefined;
let kept: Machine | undefined;

function createMachine(): Machine {
  compiled ??= new WebAssembly.Module(Buffer.from(TAG_READER, 'base64'));
  const code = new WebAssembly.Instance(compiled).exports as unknown as Code;
  const { buffer } = code.memory;
  const machine = { code, bytes: new Uint8Array(buffer), numbers: new Int32Array(buffer) };
  const put = (name: string): number => Buffer.from(buffer, CONTENT).write(name, 'latin1');
  for (const [name, number] of ELEMENT_NUMBERS) code.addName(put(name), number);
  for (const name of READ_ATTRIBUTES) code.addAttribute(put(name));
  return machine;
}

/** A machine that has the content in its memory. */
function machineWith(content: Uint8Array): Machine {
  const machine = content.length > KEPT_BYTES ? createMachine() : (kept ??= createMachine());
  machine.code.reserve(content.length);
  const { buffer } = machine.code.memory;
  if (machine.bytes.buffer !== buffer) {
    machine.bytes = new Uint8Array(buffer);
    machine.numbers = new Int32Array(buffer);
  }
  machine.bytes.set(content, CONTENT);
  return machine;
}

/**
 * Reads tags, comments and raw text as the tokenizer of the HTML Standard does, forwards and in linear time. It knows no tree: who
 * reads says what the tag just read makes of what follows. One is used at a time: the next one takes its memory.
 * https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 */
export class TagReader {
  readonly #content: Buffer;
  readonly #code: Code;
  readonly #numbers: Int32Array;

  /**
   * @param content - UTF-8 without byte order mark
   * @param mostMarks - `<` to look at before it stops as at the end; 4,294,967,295 at most
   */
  constructor(content: Buffer, mostMarks: number) {
    const { code, numbers } = machineWith(content);
    this.#content = content;
    this.#code = code;
    this.#numbers = numbers;
    code.open(content.length, mostMarks);
  }

  /** Moves to the next `<` that is markup: true for a tag, of which all is known then; false for a comment and the like, which is passed; null at the end. */
  next(): boolean | null {
    const kind = this.#code.next();
    return kind === 2 ? null : kind === 1;
  }

  /** Behind what was read last. Places are those of bytes. */
  get position(): number {
    return (this.#numbers[POSITION] ?? 0) - CONTENT;
  }

  /** Where what {@link next} moved to begins. */
  get start(): number {
    return (this.#numbers[START] ?? 0) - CONTENT;
  }

  /** `<` that were looked at. */
  get marks(): number {
    return this.#numbers[MARKS] ?? 0;
  }

  /** Of the tag read last: the number of its element, -1 for one that parsing does not know. */
  get number(): number {
    return this.#numbers[NUMBER] ?? -1;
  }

  get isEndTag(): boolean {
    return this.#numbers[IS_END_TAG] === 1;
  }

  get isSelfClosing(): boolean {
    return this.#numbers[IS_SELF_CLOSING] === 1;
  }

  /** Of the tag read last, in ASCII lower case. */
  get name(): string {
    return asciiLowercase(this.slice((this.#numbers[NAME_START] ?? 0) - CONTENT, (this.#numbers[NAME_END] ?? 0) - CONTENT));
  }

  /** The value of an attribute of the tag read last, its character references resolved; null for none. The first attribute of a name counts. */
  value(attribute: ReadAttribute): string | null {
    const end = this.#numbers[VALUES + 2 * attribute + 1] ?? 0;
    if (end === 0) return null;
    const value = normalizeNewlines(this.slice((this.#numbers[VALUES + 2 * attribute] ?? 0) - CONTENT, end - CONTENT));
    return value.includes('&') ? decodeHTMLAttribute(value) : value;
  }

  /** The characters between two places, neither of which is within one. */
  slice(from: number, to: number): string {
    return from === to ? '' : this.#content.toString('utf8', from, to);
  }

  /** The characters between two places as text: newlines normalized, and references resolved where they are. A reference does not reach over markup. */
  characters(from: number, to: number, hasReferences: boolean): string {
    const normal = normalizeNewlines(this.slice(from, to));
    return hasReferences && normal.includes('&') ? decodeHTML(normal) : normal;
  }

  /** Goes on reading elsewhere. */
  moveTo(place: number): void {
    this.#code.moveTo(place + CONTENT);
  }

  /**
   * Passes text that no tag ends but the end tag of the element whose start tag was read last, and that tag. Gives back where the text ends.
   * https://html.spec.whatwg.org/multipage/parsing.html#rawtext-state
   */
  passRawText(isScript: boolean): number {
    return this.#code.passRawText(isScript) - CONTENT;
  }

  /** Where a CDATA section that stands here has its text, if this is one, which it is in foreign content alone; it is passed then. */
  cdata(): { from: number; to: number } | null {
    const to = this.#code.cdata(this.start + CONTENT);
    return to === 0 ? null : { from: this.start + '<![CDATA['.length, to: to - CONTENT };
  }

  /** Where a place is in the text. Takes the time of going there from the place that was located before it, if that is not behind. */
  locate(place: number): SourcePosition {
    this.#code.locate(place + CONTENT);
    return { line: this.#numbers[LINE] ?? 0, column: this.#numbers[COLUMN] ?? 0, offset: this.#numbers[CODE_UNITS] ?? 0 };
  }
}
