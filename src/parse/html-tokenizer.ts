import { decodeHTML, decodeHTMLAttribute } from 'entities/decode';
import { html, InsertionMode, type Parser, Token, Tokenizer, TokenizerMode } from 'parse5';
import type { Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { APOSTROPHE, EQUALS, EXCLAMATION, GREATER_THAN, isLetter, isSpace, QUESTION, QUOTE, SOLIDUS } from './code-units.ts';
import { NameTable } from './name-table.ts';
import { endOfScript } from './script-end.ts';
import { normalizeNewlines } from './tree.ts';

const { CHARACTER, WHITESPACE_CHARACTER, NULL_CHARACTER, START_TAG, END_TAG, COMMENT, DOCTYPE, EOF } = Token.TokenType;

/** From so many attributes on, a name that has been there is looked up rather than searched. */
const MANY_ATTRIBUTES = 32;

/** The attributes of a start tag, in source order. */
export interface TagAttributes extends Array<Token.Attribute> {
  /** Where the tag begins, in UTF-16 code units of the text; absent where the parser made the list. */
  start?: number;
}

/** What is used of parse5's parser, beyond what it documents: the specs of this file hold it to its own tokenizer. */
type TreeBuilder = Pick<
  Parser<Htmlparser2TreeAdapterMap>,
  | 'insertionMode'
  | 'skipNextNewLine'
  | 'tokenizer'
  | 'onCharacter'
  | 'onWhitespaceCharacter'
  | 'onNullCharacter'
  | 'onStartTag'
  | 'onEndTag'
  | 'onComment'
  | 'onDoctype'
  | 'onEof'
>;

const TAG_NAMES = new NameTable((name) => ({ name, id: html.getTagID(name) }));
const ATTRIBUTE_NAMES = new NameTable((name) => name);
const NO_ATTRIBUTES: Token.Attribute[] = [];

/** Modes that do the same with spaces as with other characters. */
const TOGETHER: ReadonlySet<InsertionMode> = new Set([
  InsertionMode.IN_BODY,
  InsertionMode.TEXT,
  InsertionMode.IN_CELL,
  InsertionMode.IN_CAPTION,
  InsertionMode.IN_SELECT,
  InsertionMode.IN_TEMPLATE,
]);

/** Modes that ignore other characters than spaces and stay: what is between is a token each. All others tell leading spaces alone. */
const APART: ReadonlySet<InsertionMode> = new Set([
  InsertionMode.IN_COLUMN_GROUP,
  InsertionMode.IN_FRAMESET,
  InsertionMode.AFTER_FRAMESET,
  InsertionMode.AFTER_AFTER_FRAMESET,
]);

/**
 * Reads a whole text and hands its tokens to parse5's tree construction, which knows no other tokenizer than its own: this one takes
 * slices where that takes code points, and tells no places but where start tags begin, and no errors. What the tree makes of the next
 * characters it reads off `tokenizer.state` and `tokenizer.inForeignNode`, which tree construction sets, and `insertionMode`.
 * Linear in the text. https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 */
export class HtmlTokenizer {
  readonly #text: string;
  readonly #builder: TreeBuilder;
  #position = 0;
  #isSelfClosing = false;
  readonly #ampersands: Occurrences;
  readonly #returns: Occurrences;
  readonly #nulls: Occurrences;
  readonly #comments: Occurrences;
  readonly #commentEnds: Occurrences;
  readonly #bangEnds: Occurrences;

  constructor(text: string, builder: TreeBuilder) {
    this.#text = text;
    this.#builder = builder;
    this.#ampersands = new Occurrences(text, '&');
    this.#returns = new Occurrences(text, '\r');
    this.#nulls = new Occurrences(text, '\0');
    this.#comments = new Occurrences(text, '<!--');
    this.#commentEnds = new Occurrences(text, '-->');
    this.#bangEnds = new Occurrences(text, '--!>');
  }

  /** Reads all of the text; throws what the tree's adapter throws. */
  run(): void {
    const text = this.#text;
    const { length } = text;
    while (this.#position < length) {
      const from = this.#position;
      let at = text.indexOf('<', from);
      while (at !== -1 && !this.#isMarkup(at)) at = text.indexOf('<', at + 1);
      if (at === -1) at = length;
      this.#characters(from, at, true);
      if (at === length) break;
      const code = text.charCodeAt(at + 1);
      if (code === SOLIDUS) this.#endTag(at);
      else if (code === EXCLAMATION) this.#declaration(at);
      else if (code === QUESTION) this.#bogusComment(at + 1);
      else this.#startTag(at);
    }
    this.#builder.onEof({ type: EOF, location: null });
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#tag-open-state */
  #isMarkup(at: number): boolean {
    const code = this.#text.charCodeAt(at + 1);
    return isLetter(code) || code === EXCLAMATION || code === QUESTION || (code === SOLIDUS && at + 2 < this.#text.length);
  }

  #startTag(at: number): void {
    const text = this.#text;
    const { length } = text;
    let to = at + 1;
    let hash = 0;
    for (; to < length; to++) {
      const code = text.charCodeAt(to);
      if (code <= GREATER_THAN && (code === GREATER_THAN || code === SOLIDUS || isSpace(code))) break;
      hash = (Math.imul(hash, 31) + (code | 0x20)) | 0;
    }
    const { name, id } = TAG_NAMES.get(text, at + 1, to, hash);
    const attrs: TagAttributes = [];
    if (!this.#attributes(to, attrs)) return;
    attrs.start = at;
    const { tokenizer } = this.#builder;
    this.#builder.onStartTag({
      type: START_TAG,
      tagName: name,
      tagID: id,
      selfClosing: this.#isSelfClosing,
      ackSelfClosing: false,
      attrs,
      location: null,
    });
    const { state } = tokenizer;
    if (state === TokenizerMode.DATA) return;
    tokenizer.state = TokenizerMode.DATA;
    let end = -1;
    if (state === TokenizerMode.SCRIPT_DATA) end = this.#endOfScript();
    else if (state !== TokenizerMode.PLAINTEXT) end = this.#endOf(name, this.#position);
    this.#rawText(end === -1 ? length : end, state === TokenizerMode.RCDATA);
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#end-tag-open-state */
  #endTag(at: number): void {
    const text = this.#text;
    const { length } = text;
    let to = at + 2;
    const first = text.charCodeAt(to);
    if (!isLetter(first)) {
      if (first === GREATER_THAN) this.#position = to + 1;
      else this.#bogusComment(to);
      return;
    }
    let hash = 0;
    for (; to < length; to++) {
      const code = text.charCodeAt(to);
      if (code <= GREATER_THAN && (code === GREATER_THAN || code === SOLIDUS || isSpace(code))) break;
      hash = (Math.imul(hash, 31) + (code | 0x20)) | 0;
    }
    if (text.charCodeAt(to) === GREATER_THAN) this.#position = to + 1;
    else if (!this.#attributes(to, null)) return;
    const { name, id } = TAG_NAMES.get(text, at + 2, to, hash);
    this.#builder.onEndTag({
      type: END_TAG,
      tagName: name,
      tagID: id,
      selfClosing: false,
      ackSelfClosing: false,
      attrs: NO_ATTRIBUTES,
      location: null,
    });
  }

  /**
   * Reads on to the end of the tag, where `attrs` is not null into it; false where the text ends before: what there is of the tag is dropped.
   * https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state
   */
  #attributes(from: number, attrs: TagAttributes | null): boolean {
    const text = this.#text;
    const { length } = text;
    let names: Set<string> | null = null;
    this.#isSelfClosing = false;
    let at = from;
    while (at < length) {
      let code = text.charCodeAt(at);
      if (isSpace(code)) {
        at++;
        continue;
      }
      if (code === GREATER_THAN) {
        this.#position = at + 1;
        return true;
      }
      if (code === SOLIDUS) {
        at++;
        if (text.charCodeAt(at) === GREATER_THAN) {
          this.#isSelfClosing = true;
          this.#position = at + 1;
          return true;
        }
        continue;
      }
      const nameStart = at++;
      let hash = code | 0x20;
      for (; at < length; at++) {
        code = text.charCodeAt(at);
        if (code <= GREATER_THAN && (code === EQUALS || code === GREATER_THAN || code === SOLIDUS || isSpace(code))) break;
        hash = (Math.imul(hash, 31) + (code | 0x20)) | 0;
      }
      const nameEnd = at;
      while (at < length && isSpace(text.charCodeAt(at))) at++;
      let valueStart = at;
      let valueEnd = at;
      if (text.charCodeAt(at) === EQUALS) {
        at++;
        while (at < length && isSpace(text.charCodeAt(at))) at++;
        code = text.charCodeAt(at);
        valueStart = at;
        if (code === QUOTE || code === APOSTROPHE) {
          valueStart = at + 1;
          valueEnd = text.indexOf(code === QUOTE ? '"' : "'", valueStart);
          if (valueEnd === -1) break;
          at = valueEnd + 1;
        } else {
          for (; at < length; at++) {
            code = text.charCodeAt(at);
            if (code <= GREATER_THAN && (code === GREATER_THAN || isSpace(code))) break;
          }
          valueEnd = at;
        }
      }
      if (attrs === null) continue;
      const name = ATTRIBUTE_NAMES.get(text, nameStart, nameEnd, hash);
      if (attrs.length === MANY_ATTRIBUTES) names ??= new Set(attrs.map((attribute) => attribute.name));
      if (names === null ? hasName(attrs, name) : names.has(name)) continue;
      names?.add(name);
      attrs.push({ name, value: this.#value(valueStart, valueEnd) });
    }
    this.#position = length;
    return false;
  }

  #value(from: number, to: number): string {
    const value = this.#without(from, to);
    return this.#ampersands.isWithin(from, to) ? decodeHTMLAttribute(value) : value;
  }

  /** The characters of a part of the text, newlines as one, U+FFFD for NUL. */
  #without(from: number, to: number): string {
    let part = this.#text.slice(from, to);
    if (this.#returns.isWithin(from, to)) part = normalizeNewlines(part);
    return this.#nulls.isWithin(from, to) ? part.replaceAll('\0', '\uFFFD') : part;
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#data-state */
  #characters(from: number, to: number, hasReferences: boolean): void {
    if (from === to) return;
    let part = this.#text.slice(from, to);
    if (this.#returns.isWithin(from, to)) part = normalizeNewlines(part);
    const decodes = hasReferences && this.#ampersands.isWithin(from, to);
    if (!this.#nulls.isWithin(from, to)) {
      this.#emit(decodes ? decodeHTML(part) : part);
      return;
    }
    for (const [run] of part.matchAll(/\0+|[^\0]+/g)) {
      if (run.startsWith('\0')) this.#emitNulls(run);
      else this.#emit(decodes ? decodeHTML(run) : run);
    }
  }

  /** The text of an element that holds no markup; `to` is where its end tag begins. */
  #rawText(to: number, hasReferences: boolean): void {
    const from = this.#position;
    this.#position = to;
    if (from === to) return;
    const part = this.#without(from, to);
    this.#emit(hasReferences && this.#ampersands.isWithin(from, to) ? decodeHTML(part) : part);
  }

  /** Tree construction tells spaces from other characters, where that matters. */
  #emit(chars: string): void {
    const builder = this.#builder;
    const { insertionMode } = builder;
    let at = 0;
    while (at < chars.length && isSpace(chars.charCodeAt(at))) at++;
    if (at === chars.length) {
      builder.onWhitespaceCharacter({ type: WHITESPACE_CHARACTER, chars, location: null });
    } else if (APART.has(insertionMode)) {
      this.#emitApart(chars);
    } else if (at === 0 || (TOGETHER.has(insertionMode) && !builder.skipNextNewLine)) {
      builder.onCharacter({ type: CHARACTER, chars, location: null });
    } else {
      builder.onWhitespaceCharacter({ type: WHITESPACE_CHARACTER, chars: chars.slice(0, at), location: null });
      this.#emit(chars.slice(at));
    }
  }

  #emitApart(chars: string): void {
    for (const [run] of chars.matchAll(/[\t\n\f\r ]+|[^\t\n\f\r ]+/g)) {
      if (isSpace(run.charCodeAt(0))) this.#builder.onWhitespaceCharacter({ type: WHITESPACE_CHARACTER, chars: run, location: null });
      else this.#builder.onCharacter({ type: CHARACTER, chars: run, location: null });
    }
  }

  /** Foreign content has U+FFFD for each, and parse5 one for each token. */
  #emitNulls(chars: string): void {
    if (this.#builder.tokenizer.inForeignNode) {
      for (const char of chars) this.#builder.onNullCharacter({ type: NULL_CHARACTER, chars: char, location: null });
    } else {
      this.#builder.onNullCharacter({ type: NULL_CHARACTER, chars, location: null });
    }
  }

  /** Where the end tag begins that ends the raw text from here on, or -1. https://html.spec.whatwg.org/multipage/parsing.html#rawtext-end-tag-name-state */
  #endOf(name: string, from: number): number {
    const text = this.#text;
    for (let at = text.indexOf('</', from); at !== -1; at = text.indexOf('</', at + 2)) {
      const to = at + 2 + name.length;
      const code = text.charCodeAt(to);
      if ((code === GREATER_THAN || code === SOLIDUS || isSpace(code)) && text.slice(at + 2, to).toLowerCase() === name) return at;
    }
    return -1;
  }

  /** Without a comment in it, the first end tag ends it. */
  #endOfScript(): number {
    const end = this.#endOf('script', this.#position);
    if (!this.#comments.isWithin(this.#position, end === -1 ? this.#text.length : end)) return end;
    return endOfScript(this.#text, this.#comments.next);
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#markup-declaration-open-state */
  #declaration(at: number): void {
    const text = this.#text;
    const from = at + 2;
    if (text.startsWith('--', from)) this.#comment(from + 2);
    else if (/^doctype$/i.test(text.slice(from, from + 7))) this.#doctype(at);
    else if (text.startsWith('[CDATA[', from) && this.#builder.tokenizer.inForeignNode) this.#cdata(from + 7);
    else this.#bogusComment(from);
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#comment-start-state */
  #comment(from: number): void {
    const text = this.#text;
    if (text.startsWith('>', from)) {
      this.#emitComment(from, from, from + 1);
    } else if (text.startsWith('->', from)) {
      this.#emitComment(from, from, from + 2);
    } else {
      const end = this.#commentEnds.after(from);
      const bang = this.#bangEnds.after(from);
      if (end < bang) this.#emitComment(from, end, end + 3);
      else if (bang < text.length) this.#emitComment(from, bang, bang + 4);
      // Dashes are no part of it where the text ends behind them.
      else this.#emitComment(from, from + text.slice(from).replace(/--!$|-{1,2}$/, '').length, text.length);
    }
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#bogus-comment-state */
  #bogusComment(from: number): void {
    const end = this.#text.indexOf('>', from);
    if (end === -1) this.#emitComment(from, this.#text.length, this.#text.length);
    else this.#emitComment(from, end, end + 1);
  }

  #emitComment(from: number, to: number, position: number): void {
    this.#position = position;
    this.#builder.onComment({ type: COMMENT, data: this.#without(from, to), location: null });
  }

  /** The first `>` ends it, wherever it stands, and parse5's own tokenizer reads it. https://html.spec.whatwg.org/multipage/parsing.html#doctype-state */
  #doctype(at: number): void {
    const end = this.#text.indexOf('>', at);
    this.#position = end === -1 ? this.#text.length : end + 1;
    const token: Token.DoctypeToken = { type: DOCTYPE, name: null, forceQuirks: true, publicId: null, systemId: null, location: null };
    // Only the first is ever read.
    if (this.#builder.insertionMode === InsertionMode.INITIAL) readDoctype(this.#text.slice(at, this.#position), token);
    this.#builder.onDoctype(token);
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#cdata-section-state */
  #cdata(from: number): void {
    const end = this.#text.indexOf(']]>', from);
    const to = end === -1 ? this.#text.length : end;
    this.#position = end === -1 ? to : end + 3;
    this.#characters(from, to, false);
  }
}

/** Where a string is next in a text that is read forwards: each place is looked for once. */
class Occurrences {
  readonly #text: string;
  readonly #sought: string;
  /** The place found last, the text's length for none. */
  next = -1;

  constructor(text: string, sought: string) {
    this.#text = text;
    this.#sought = sought;
  }

  after(from: number): number {
    if (this.next < from) {
      const next = this.#text.indexOf(this.#sought, from);
      this.next = next === -1 ? this.#text.length : next;
    }
    return this.next;
  }

  isWithin(from: number, to: number): boolean {
    return this.after(from) < to;
  }
}

function readDoctype(source: string, token: Token.DoctypeToken): void {
  const ignore = (): void => undefined;
  const handler = {
    onDoctype: (read: Token.DoctypeToken) => Object.assign(token, read),
    onComment: ignore,
    onStartTag: ignore,
    onEndTag: ignore,
    onEof: ignore,
    onCharacter: ignore,
    onNullCharacter: ignore,
    onWhitespaceCharacter: ignore,
  };
  new Tokenizer({}, handler).write(source, true);
}

function hasName(attributes: readonly Token.Attribute[], name: string): boolean {
  for (const attribute of attributes) if (attribute.name === name) return true;
  return false;
}
