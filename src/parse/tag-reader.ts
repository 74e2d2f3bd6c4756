import { decodeHTML, decodeHTMLAttribute } from 'entities/decode';
import { APOSTROPHE, EQUALS, GREATER_THAN, isLetter, isSpace, QUOTE, SOLIDUS } from './code-units.ts';
import { elementNumber } from './element-names.ts';
import { endOfScript } from './script-end.ts';
import type { SourceText } from './source-text.ts';
import { asciiLowercase, normalizeNewlines } from './tree.ts';

/** Names of attributes are compared up to this length: no longer one is ever asked for. */
const LONGEST_NAME = 8;

/**
 * Reads tags, comments and raw text as the tokenizer of the HTML Standard does, forwards and in linear time. It knows no tree: who
 * reads says what the tag just read makes of what follows. https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 */
export class TagReader {
  readonly #source: SourceText;
  readonly #mostMarks: number;
  readonly #text: string;
  /** Behind what was read last. */
  position = 0;
  /** `<` that were looked at. */
  marks = 0;
  /** Of the tag read last: the number of its element, -1 for one that parsing does not know. */
  number = -1;
  isEndTag = false;
  isSelfClosing = false;
  /** Where the tag read last begins. */
  start = 0;
  #nameStart = 0;
  #nameEnd = 0;
  /** Where the values of the attributes wanted begin and end in the tag read last; the end is -1 where it has none of that name. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #hasValues = false;
  readonly #wanted: readonly string[];
  /** Where the next `-->` is, the text's length for none: what lies before it has been searched already. */
  #nextEnd = -1;

  /**
   * @param wanted - local names of the attributes whose values will be asked for, in lower case
   * @param mostMarks - `<` to look at before it stops as at the end
   */
  constructor(source: SourceText, wanted: readonly string[], mostMarks: number) {
    this.#mostMarks = mostMarks;
    this.#source = source;
    this.#text = source.units;
    this.#wanted = wanted;
    this.#starts = new Int32Array(wanted.length);
    this.#ends = new Int32Array(wanted.length).fill(-1);
  }

  /**
   * Moves to the next `<` that is markup: true for a tag, of which all is known then; false for a comment and the like, which is passed.
   * Null at the end. Text from `from` to {@link start} stands before it.
   */
  next(): boolean | null {
    const text = this.#text;
    let at = text.indexOf('<', this.position);
    for (; at !== -1; at = text.indexOf('<', at + 1)) {
      if (++this.marks > this.#mostMarks) break;
      const code = text.charCodeAt(at + 1);
      if (isLetter(code)) return this.#tag(at, at + 1, false);
      if (code === SOLIDUS) {
        const third = text.charCodeAt(at + 2);
        if (isLetter(third)) return this.#tag(at, at + 2, true);
        // A solidus at the end of the text is text.
        if (at + 2 >= text.length) break;
        this.start = at;
        this.#passTo('>', at + 2);
        return false;
      }
      if (code === 0x21) return this.#declaration(at);
      if (code === 0x3f) {
        this.start = at;
        this.#passTo('>', at + 2);
        return false;
      }
    }
    this.start = text.length;
    this.position = text.length;
    return null;
  }

  /** Of the tag read last, in ASCII lower case. */
  get name(): string {
    return asciiLowercase(this.#text.slice(this.#nameStart, this.#nameEnd));
  }

  /** The value of an attribute by its place among those wanted, its character references resolved; null for none. */
  value(index: number): string | null {
    const end = this.#ends[index] ?? -1;
    if (end === -1) return null;
    const value = normalizeNewlines(this.#source.slice(this.#starts[index] ?? 0, end));
    return value.includes('&') ? decodeHTMLAttribute(value) : value;
  }

  /**
   * Passes text that no tag ends but the end tag of the element whose start tag was read last, and that tag. Gives back where the text ends.
   * https://html.spec.whatwg.org/multipage/parsing.html#rawtext-state
   */
  passRawText(name: string): number {
    const end = name === 'script' ? endOfScript(this.#text, this.position) : this.#endTag(name, this.position);
    if (end === -1) {
      this.position = this.#text.length;
      return this.position;
    }
    this.position = end + 2 + name.length;
    if (!this.#passAttributes(false)) this.position = this.#text.length;
    return end;
  }

  /** True when what stands here is a CDATA section, which is one in foreign content alone; passes it, and gives its text's place. */
  cdata(): { from: number; to: number } | null {
    if (!this.#text.startsWith('<![CDATA[', this.start)) return null;
    const from = this.start + 9;
    const end = this.#text.indexOf(']]>', from);
    const to = end === -1 ? this.#text.length : end;
    this.position = end === -1 ? to : end + 3;
    return { from, to };
  }

  #endTag(name: string, from: number): number {
    const pattern = new RegExp(`</${name}[\\t\\n\\f\\r />]`, 'gi');
    pattern.lastIndex = from;
    return pattern.exec(this.#text)?.index ?? -1;
  }

  #declaration(at: number): boolean {
    const text = this.#text;
    this.start = at;
    if (!text.startsWith('--', at + 2)) {
      this.#passTo('>', at + 2);
      return false;
    }
    const body = at + 4;
    if (text.startsWith('>', body)) this.position = body + 1;
    else if (text.startsWith('->', body)) this.position = body + 2;
    else this.#passComment(body);
    return false;
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#comment-end-bang-state */
  #passComment(from: number): void {
    const text = this.#text;
    if (this.#nextEnd < from) {
      const end = text.indexOf('-->', from);
      this.#nextEnd = end === -1 ? text.length : end;
    }
    // Looked for within the comment alone, as most texts have none.
    const bang = text.slice(from, this.#nextEnd).indexOf('--!>');
    this.position = bang === -1 ? Math.min(text.length, this.#nextEnd + 3) : from + bang + 4;
  }

  #passTo(mark: string, from: number): void {
    const end = this.#text.indexOf(mark, from);
    this.position = end === -1 ? this.#text.length : end + 1;
  }

  #tag(start: number, nameStart: number, isEndTag: boolean): boolean | null {
    const text = this.#text;
    let end = nameStart + 1;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code <= GREATER_THAN && (code === GREATER_THAN || code === SOLIDUS || isSpace(code))) break;
    }
    this.number = elementNumber(text, nameStart, end);
    this.#nameStart = nameStart;
    this.#nameEnd = end;
    this.start = start;
    this.position = end;
    this.isEndTag = isEndTag;
    this.isSelfClosing = false;
    if (!isEndTag && this.#hasValues) {
      this.#ends.fill(-1);
      this.#hasValues = false;
    }
    if (text.charCodeAt(end) === GREATER_THAN) {
      this.position = end + 1;
      return true;
    }
    if (this.#passAttributes(!isEndTag)) return true;
    // A tag that the text ends within is none, nor is it text.
    this.position = text.length;
    return null;
  }

  /** Reads on to the end of the tag; false where there is none. https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state */
  #passAttributes(keeps: boolean): boolean {
    const text = this.#text;
    const { length } = text;
    let at = this.position;
    while (at < length) {
      let code = text.charCodeAt(at);
      if (isSpace(code)) {
        at++;
        continue;
      }
      if (code === GREATER_THAN) {
        this.position = at + 1;
        return true;
      }
      if (code === SOLIDUS) {
        at++;
        if (text.charCodeAt(at) === GREATER_THAN) {
          this.isSelfClosing = true;
          this.position = at + 1;
          return true;
        }
        continue;
      }
      const nameStart = at++;
      for (; at < length; at++) {
        code = text.charCodeAt(at);
        if (code <= GREATER_THAN && (code === EQUALS || code === GREATER_THAN || code === SOLIDUS || isSpace(code))) break;
      }
      const nameEnd = at;
      while (at < length && isSpace(text.charCodeAt(at))) at++;
      let valueStart = at;
      let valueEnd = at;
      if (text.charCodeAt(at) === EQUALS) {
        at++;
        while (at < length && isSpace(text.charCodeAt(at))) at++;
        code = text.charCodeAt(at);
        if (code === QUOTE || code === APOSTROPHE) {
          valueStart = at + 1;
          valueEnd = text.indexOf(code === QUOTE ? '"' : "'", valueStart);
          if (valueEnd === -1) return false;
          at = valueEnd + 1;
        } else {
          valueStart = at;
          for (; at < length; at++) {
            code = text.charCodeAt(at);
            if (code <= GREATER_THAN && (code === GREATER_THAN || isSpace(code))) break;
          }
          valueEnd = at;
        }
      }
      if (keeps && nameEnd - nameStart <= LONGEST_NAME) this.#keep(nameStart, nameEnd, valueStart, valueEnd);
    }
    return false;
  }

  /** The first attribute of a name counts. */
  #keep(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
    const wanted = this.#wanted;
    const first = this.#text.charCodeAt(nameStart) | 0x20;
    for (let index = 0; index < wanted.length; index++) {
      const name = wanted[index] ?? '';
      if (name.length !== nameEnd - nameStart || name.charCodeAt(0) !== first || this.#ends[index] !== -1) continue;
      if (!isNamed(this.#text, nameStart, name)) continue;
      this.#starts[index] = valueStart;
      this.#ends[index] = valueEnd;
      this.#hasValues = true;
    }
  }
}

/** Whether a name in lower case stands here, in whatever letter case. Its letters are all that it has. */
function isNamed(text: string, start: number, name: string): boolean {
  for (let index = 1; index < name.length; index++) {
    if ((text.charCodeAt(start + index) | 0x20) !== name.charCodeAt(index)) return false;
  }
  return true;
}

/** A piece of text as characters, references resolved where they are. A reference does not reach over markup. */
export function characters(text: string, hasReferences: boolean): string {
  const normal = normalizeNewlines(text);
  return hasReferences && normal.includes('&') ? decodeHTML(normal) : normal;
}

/** True where only HTML's spaces stand. */
export function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}
