/*
 * The tokenizer of the HTML Standard, as far as tags are read by it: bytes of UTF-8 in, places out. It is AssemblyScript, which is compiled to
 * WebAssembly: `npm run tag-reader` writes `src/parse/tag-reader-code.ts` of it. https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 *
 * All places are addresses in memory: the content begins at CONTENT, and zeros stand behind it, as sixteen bytes are looked at at once.
 */

const LESS_THAN: u32 = 0x3c;
const GREATER_THAN: u32 = 0x3e;
const SOLIDUS: u32 = 0x2f;
const EQUALS: u32 = 0x3d;
const QUOTE: u32 = 0x22;
const APOSTROPHE: u32 = 0x27;
const EXCLAMATION: u32 = 0x21;
const QUESTION: u32 = 0x3f;
const DASH: u32 = 0x2d;
const LINE_FEED: u32 = 0x0a;
const CARRIAGE_RETURN: u32 = 0x0d;

/** Names of elements, hashed: two words of eight letters each, and the element's number. */
const NAMES: usize = 1024;
const NAME_SLOTS: u64 = 1024;
const NAME_BYTES: usize = 24;
/** Names of attributes, a word of eight letters each. */
const ATTRIBUTES: usize = 32768;
const MOST_ATTRIBUTES: i32 = 8;
const LONGEST_ATTRIBUTE: usize = 8;
const CONTENT: usize = 65536;

/** What the caller reads of the tag read last, in numbers of four bytes each. */
const STATE: usize = 512;
const POSITION: usize = 0;
const START: usize = 4;
const NAME_START: usize = 8;
const NAME_END: usize = 12;
/** Of its element, -1 for one that parsing does not know. */
const NUMBER: usize = 16;
const IS_END_TAG: usize = 20;
const IS_SELF_CLOSING: usize = 24;
/** `<` that were looked at. */
const MARKS: usize = 28;
/** Of the place that was located last: its line and its column, from 1, and the UTF-16 code units before it. */
const LINE: usize = 32;
const COLUMN: usize = 36;
const CODE_UNITS: usize = 40;
/** Where the values of the attributes wanted begin and end, two numbers each; an end of 0 is of one that the tag has not. */
const VALUES: usize = STATE + 64;

/** Behind the content. */
let end: usize = CONTENT;
let position: usize = CONTENT;
let marks: u32 = 0;
let mostMarks: u32 = 0;
let nameLength: usize = 0;
let hasValues: bool = false;
let attributes: i32 = 0;
let nameLow: u64 = 0;
let nameHigh: u64 = 0;

/** Makes room for so many bytes of content, and what is read beyond them at once. */
export function reserve(length: usize): void {
  const pages = <i32>((CONTENT + length + 64 + 0xffff) >>> 16);
  if (pages > memory.size()) memory.grow(pages - memory.size());
}

/** Begins to read a content that stands at CONTENT. */
export function open(length: usize, most: u32): void {
  end = CONTENT + length;
  memory.fill(end, 0, 32);
  moveTo(CONTENT);
  marks = 0;
  mostMarks = most;
  if (hasValues) forget();
  restart();
}

/** Goes on elsewhere. */
export function moveTo(to: usize): void {
  position = to;
  store<u32>(STATE, <u32>to, POSITION);
}

/** Adds an element whose name, in lower case, stands at CONTENT. */
export function addName(length: usize, value: i32): void {
  word(CONTENT, CONTENT + length);
  let slot = slotOf();
  while (load<i32>(slot, 16) != 0) slot = after(slot);
  store<u64>(slot, nameLow);
  store<u64>(slot, nameHigh, 8);
  store<i32>(slot, value + 1, 16);
}

/** Adds an attribute whose value is wanted; its name, in lower case, stands at CONTENT. Gives its index. */
export function addAttribute(length: usize): i32 {
  store<u64>(ATTRIBUTES + (<usize>attributes << 3), shortWord(CONTENT, CONTENT + length));
  return attributes++;
}

// @ts-ignore: a decorator of AssemblyScript
@inline function isLetter(code: u32): bool {
  return (code | 0x20) - 0x61 < 26;
}

// @ts-ignore: a decorator of AssemblyScript
@inline function isSpace(code: u32): bool {
  return code == 0x20 || code == 0x0a || code == 0x09 || code == 0x0d || code == 0x0c;
}

// @ts-ignore: a decorator of AssemblyScript
@inline function lower(code: u32): u32 {
  return code - 0x41 < 26 ? code | 0x20 : code;
}

/** The first of these bytes from here on, the end for none. */
function find(mark: u32, from: usize): usize {
  const wanted = i8x16.splat(<i8>mark);
  for (let at = from; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (found != 0) return min(at + ctz(found), end);
  }
  return end;
}

function shortWord(from: usize, to: usize): u64 {
  let letters: u64 = 0;
  for (let at = from; at < to; at++) letters = (letters << 8) | <u64>lower(load<u8>(at));
  return letters;
}

/** Reads a name of up to sixteen letters. */
function word(from: usize, to: usize): void {
  const middle = min(from + 8, to);
  nameLow = shortWord(from, middle);
  nameHigh = middle < to ? shortWord(middle, to) : 0;
}

// @ts-ignore: a decorator of AssemblyScript
@inline function slotOf(): usize {
  const hash = (nameLow ^ (nameHigh * 0x9e3779b97f4a7c15)) * 0xff51afd7ed558ccd;
  return NAMES + <usize>(hash >>> 54) * NAME_BYTES;
}

// @ts-ignore: a decorator of AssemblyScript
@inline function after(slot: usize): usize {
  return slot + NAME_BYTES < NAMES + <usize>NAME_SLOTS * NAME_BYTES ? slot + NAME_BYTES : NAMES;
}

function elementNumber(from: usize, to: usize): i32 {
  if (to - from > 16) {
    nameLow = nameHigh = 0;
    return -1;
  }
  word(from, to);
  let slot = slotOf();
  while (load<i32>(slot, 16) != 0) {
    if (load<u64>(slot) == nameLow && load<u64>(slot, 8) == nameHigh) return load<i32>(slot, 16) - 1;
    slot = after(slot);
  }
  return -1;
}

function forget(): void {
  memory.fill(VALUES, 0, <usize>MOST_ATTRIBUTES << 3);
  hasValues = false;
}

/** Tells of what was read; 1 for a tag, 0 for what is passed, 2 at the end. */
// @ts-ignore: a decorator of AssemblyScript
@inline function told(start: usize, kind: i32): i32 {
  store<u32>(STATE, <u32>position, POSITION);
  store<u32>(STATE, <u32>start, START);
  store<u32>(STATE, marks, MARKS);
  return kind;
}

/** Moves to the next `<` that is markup: 1 for a tag, 0 for what is passed, 2 at the end, or where too many were looked at. */
export function next(): i32 {
  for (let at = find(LESS_THAN, position); at < end; at = find(LESS_THAN, at + 1)) {
    if (++marks > mostMarks) break;
    const code: u32 = load<u8>(at, 1);
    if (isLetter(code)) return told(at, tag(at + 1, false));
    if (code == SOLIDUS) {
      if (isLetter(load<u8>(at, 2))) return told(at, tag(at + 2, true));
      // A solidus at the end of the text is text.
      if (at + 2 >= end) break;
      return told(at, pass(at));
    }
    if (code == EXCLAMATION) return told(at, declaration(at));
    if (code == QUESTION) return told(at, pass(at));
  }
  position = end;
  return told(end, 2);
}

/** Passes what ends with `>`. */
function pass(at: usize): i32 {
  position = min(find(GREATER_THAN, at + 2) + 1, end);
  return 0;
}

function declaration(at: usize): i32 {
  if (load<u16>(at, 2) != 0x2d2d) return pass(at);
  const body = at + 4;
  if (load<u8>(body) == GREATER_THAN) position = body + 1;
  else if (load<u16>(body) == 0x3e2d) position = body + 2;
  else position = endOfComment(body);
  position = min(position, end);
  return 0;
}

/** https://html.spec.whatwg.org/multipage/parsing.html#comment-end-bang-state */
function endOfComment(from: usize): usize {
  for (let at = find(DASH, from); at < end; at = find(DASH, at + 1)) {
    if (load<u8>(at, 1) != DASH) continue;
    const third: u32 = load<u8>(at, 2);
    if (third == GREATER_THAN) return at + 3;
    if (third == EXCLAMATION && load<u8>(at, 3) == GREATER_THAN) return at + 4;
  }
  return end;
}

function tag(name: usize, isEndTag: bool): i32 {
  let to = name + 1;
  for (; to < end; to++) {
    const code: u32 = load<u8>(to);
    if (code <= GREATER_THAN && (code == GREATER_THAN || code == SOLIDUS || isSpace(code))) break;
  }
  store<u32>(STATE, <u32>name, NAME_START);
  store<u32>(STATE, <u32>to, NAME_END);
  store<i32>(STATE, elementNumber(name, to), NUMBER);
  store<u32>(STATE, <u32>isEndTag, IS_END_TAG);
  store<u32>(STATE, 0, IS_SELF_CLOSING);
  nameLength = to - name;
  position = to;
  if (!isEndTag && hasValues) forget();
  if (load<u8>(to) == GREATER_THAN) {
    position = to + 1;
    return 1;
  }
  if (passAttributes(!isEndTag)) return 1;
  // A tag that the text ends within is none, nor is it text.
  position = end;
  return 2;
}

/** Reads on to the end of the tag; false where there is none. https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state */
function passAttributes(keeps: bool): bool {
  let at = position;
  while (at < end) {
    let code: u32 = load<u8>(at);
    if (isSpace(code)) {
      at++;
      continue;
    }
    if (code == GREATER_THAN) {
      position = at + 1;
      return true;
    }
    if (code == SOLIDUS) {
      at++;
      if (load<u8>(at) == GREATER_THAN && at < end) {
        store<u32>(STATE, 1, IS_SELF_CLOSING);
        position = at + 1;
        return true;
      }
      continue;
    }
    const name = at++;
    for (; at < end; at++) {
      code = load<u8>(at);
      if (code <= GREATER_THAN && (code == EQUALS || code == GREATER_THAN || code == SOLIDUS || isSpace(code))) break;
    }
    const nameTo = at;
    while (at < end && isSpace(load<u8>(at))) at++;
    let valueFrom = at;
    let valueTo = at;
    if (at < end && load<u8>(at) == EQUALS) {
      at++;
      while (at < end && isSpace(load<u8>(at))) at++;
      code = at < end ? load<u8>(at) : 0;
      if (code == QUOTE || code == APOSTROPHE) {
        valueFrom = at + 1;
        valueTo = find(code, valueFrom);
        if (valueTo == end) return false;
        at = valueTo + 1;
      } else {
        valueFrom = at;
        for (; at < end; at++) {
          code = load<u8>(at);
          if (code <= GREATER_THAN && (code == GREATER_THAN || isSpace(code))) break;
        }
        valueTo = at;
      }
    }
    if (keeps && nameTo - name <= LONGEST_ATTRIBUTE) keep(name, nameTo, valueFrom, valueTo);
  }
  return false;
}

/** The first attribute of a name counts. */
function keep(name: usize, nameTo: usize, from: usize, to: usize): void {
  const letters = shortWord(name, nameTo);
  for (let index = 0; index < attributes; index++) {
    if (load<u64>(ATTRIBUTES + (<usize>index << 3)) != letters) continue;
    const value = VALUES + (<usize>index << 3);
    if (load<u32>(value, 4) != 0) return;
    store<u32>(value, <u32>from);
    store<u32>(value, <u32>to, 4);
    hasValues = true;
    return;
  }
}

/**
 * Passes text that no tag ends but the end tag of the element whose start tag was read last, and that tag. Gives back where the text ends.
 * https://html.spec.whatwg.org/multipage/parsing.html#rawtext-state
 */
export function passRawText(isScript: bool): usize {
  const to = isScript ? endOfScript(position) : endOfText(position, nameLength);
  position = to + 2 + nameLength;
  moveTo(to != end && passAttributes(false) ? position : end);
  return to;
}

/** Whether the name of the tag read last stands here, and nothing more of a name. */
function isName(at: usize, length: usize, low: u64, high: u64): bool {
  const to = at + length;
  if (to >= end) return false;
  const code: u32 = load<u8>(to);
  if (code != GREATER_THAN && code != SOLIDUS && !isSpace(code)) return false;
  const middle = min(at + 8, to);
  return shortWord(at, middle) == low && (middle == to ? 0 : shortWord(middle, to)) == high;
}

function endOfText(from: usize, length: usize): usize {
  for (let at = find(LESS_THAN, from); at < end; at = find(LESS_THAN, at + 1)) {
    if (load<u8>(at, 1) == SOLIDUS && isName(at + 2, length, nameLow, nameHigh)) return at;
  }
  return end;
}

const SCRIPT: u64 = 0x736372697074;

/** https://html.spec.whatwg.org/multipage/parsing.html#script-data-double-escaped-state */
function endOfScript(from: usize): usize {
  let at = from;
  while (true) {
    // Not escaped: a dash means nothing.
    at = find(LESS_THAN, at);
    if (at >= end) return end;
    if (load<u8>(at, 1) == SOLIDUS && isName(at + 2, 6, SCRIPT, 0)) return at;
    if (load<u32>(at) != 0x2d2d213c) {
      at++;
      continue;
    }
    // The dashes that begin it may end it: `<!-->`.
    at += 2;
    for (let isDouble = false; at < end; at++) {
      const code: u32 = load<u8>(at);
      if (code == DASH) {
        if (load<u8>(at, 1) == DASH && load<u8>(at, 2) == GREATER_THAN) {
          at += 3;
          break;
        }
      } else if (code == LESS_THAN) {
        if (load<u8>(at, 1) == SOLIDUS) {
          if (!isName(at + 2, 6, SCRIPT, 0)) continue;
          if (!isDouble) return at;
          isDouble = false;
        } else if (!isDouble && isName(at + 1, 6, SCRIPT, 0)) {
          isDouble = true;
        }
      }
    }
  }
}

/** Where a section of CDATA that stands here ends, and is passed; 0 for what is none. */
export function cdata(start: usize): usize {
  if (load<u64>(start) != 0x41544144435b213c || load<u8>(start, 8) != 0x5b) return 0;
  for (let at = find(0x5d, start + 9); at < end; at = find(0x5d, at + 1)) {
    if (load<u8>(at, 1) != 0x5d || load<u8>(at, 2) != GREATER_THAN) continue;
    moveTo(at + 3);
    return at;
  }
  moveTo(end);
  return end;
}

/** Up to where lines and code units have been counted. */
let place: usize = CONTENT;
/** UTF-16 code units before that, and before its line. */
let codeUnits: i32 = 0;
let beforeLine: i32 = 0;
let line: i32 = 1;

function restart(): void {
  place = CONTENT;
  codeUnits = beforeLine = 0;
  line = 1;
}

/** Locates a place, from the one located last if that is not behind it. CRLF, CR and LF each end a line. */
export function locate(to: usize): void {
  if (to < place) restart();
  for (; place < to; place += 16) {
    const bytes = v128.load(place);
    // What lies behind is not counted.
    const count = to - place;
    const counted: i32 = count < 16 ? (1 << <i32>count) - 1 : 0xffff;
    // All but the bytes in a character behind its first, and those first of four bytes again.
    const firsts = i8x16.bitmask(i8x16.gt_s(bytes, i8x16.splat(-65))) & counted;
    const fours = i8x16.bitmask(i8x16.ge_u(bytes, i8x16.splat(<i8>0xf0))) & counted;
    const feeds = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>LINE_FEED)));
    const returns = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>CARRIAGE_RETURN)));
    if ((feeds | returns) != 0) {
      const behind: i32 = load<u8>(place, 16) == LINE_FEED ? 0x8000 : 0;
      const ends = (feeds | (returns & ~((feeds >> 1) | behind))) & counted;
      if (ends != 0) {
        line += popcnt(ends);
        const before = (2 << (31 - clz(ends))) - 1;
        beforeLine = codeUnits + popcnt(firsts & before) + popcnt(fours & before);
      }
    }
    codeUnits += popcnt(firsts) + popcnt(fours);
  }
  place = to;
  store<i32>(STATE, line, LINE);
  store<i32>(STATE, codeUnits - beforeLine + 1, COLUMN);
  store<i32>(STATE, codeUnits, CODE_UNITS);
}
