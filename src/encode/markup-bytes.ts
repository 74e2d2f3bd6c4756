/** Where a name and its value lie in the bytes; a missing value is empty. Ends are exclusive. */
export interface AttributeRange {
  nameStart: number;
  nameEnd: number;
  valueStart: number;
  valueEnd: number;
  /** Where to go on. */
  next: number;
}

/** An encoding label as written, and the offset in bytes of its first character. */
export interface DeclaredLabel {
  label: string;
  offset: number;
}

export const LESS_THAN = 0x3c;
export const GREATER_THAN = 0x3e;
export const SLASH = 0x2f;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

/** Tab, line feed, form feed, carriage return or space. */
export function isWhitespace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x09 || byte === 0x0d || byte === 0x0c;
}

/** A to Z or a to z. */
export function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a));
}

/** The first offset from `position` on that is no whitespace; the length of the bytes where there is none. */
export function skipWhitespace(bytes: Uint8Array, position: number): number {
  let at = position;
  while (isWhitespace(bytes[at])) at += 1;
  return at;
}

/** The bytes as characters of the same number (isomorphic decode). */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end);
}

/** Whether the bytes from `position` on are these ASCII letters, in any case. */
export function matchesAt(bytes: Uint8Array, position: number, lowerCase: string): boolean {
  for (let i = 0; i < lowerCase.length; i += 1) {
    const byte = bytes[position + i];
    if (byte === undefined || (isLetter(byte) ? byte | 0x20 : byte) !== lowerCase.charCodeAt(i)) return false;
  }
  return true;
}

/**
 * The next attribute of a tag, null at the tag's end (`position` is then that of `>`), or undefined where the bytes run out.
 *
 * https://html.spec.whatwg.org/multipage/parsing.html#concept-get-attributes-when-sniffing
 */
export function getAttribute(bytes: Uint8Array, position: number): AttributeRange | { end: number } | undefined {
  let at = position;
  while (isWhitespace(bytes[at]) || bytes[at] === SLASH) at += 1;
  if (bytes[at] === GREATER_THAN) return { end: at };

  const nameStart = at;
  // An equals sign in front belongs to the name.
  if (bytes[at] === EQUALS) at += 1;
  while (at < bytes.length && bytes[at] !== EQUALS && bytes[at] !== SLASH && bytes[at] !== GREATER_THAN && !isWhitespace(bytes[at]))
    at += 1;
  const nameEnd = at;
  at = skipWhitespace(bytes, at);
  if (at >= bytes.length) return undefined;
  if (bytes[at] !== EQUALS) return { nameStart, nameEnd, valueStart: nameEnd, valueEnd: nameEnd, next: at };

  at = skipWhitespace(bytes, at + 1);
  const quote = bytes[at];
  if (quote === QUOTE || quote === APOSTROPHE) {
    const valueEnd = bytes.indexOf(quote, at + 1);
    return valueEnd < 0 ? undefined : { nameStart, nameEnd, valueStart: at + 1, valueEnd, next: valueEnd + 1 };
  }
  const valueStart = at;
  while (at < bytes.length && bytes[at] !== GREATER_THAN && !isWhitespace(bytes[at])) at += 1;
  return at >= bytes.length ? undefined : { nameStart, nameEnd, valueStart, valueEnd: at, next: at };
}

/** The offset of the `>` that ends the tag, read over its attributes from `position` on; -1 where the bytes run out. */
export function endOfTag(bytes: Uint8Array, position: number): number {
  let at = position;
  for (;;) {
    const attribute = getAttribute(bytes, at);
    if (attribute === undefined) return -1;
    if ('end' in attribute) return attribute.end;
    at = attribute.next;
  }
}
