import {
  type CSSToken,
  isTokenCloseParen,
  isTokenCloseSquare,
  isTokenComment,
  isTokenEOF,
  isTokenFunction,
  isTokenOpenParen,
  isTokenOpenSquare,
  isTokenWhiteSpaceOrComment,
  tokenizer,
  TokenType,
} from '@csstools/css-tokenizer';

/** What is wrong with a selector, and where: in UTF-16 code units. */
export class SelectorError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * A selector without its comments, which the library does not know. Throws {@link SelectorError} for what it would take for something else,
 * such as a sign for the begin of a name. https://drafts.csswg.org/selectors-4/#grammar
 */
export function checkedSelector(selector: string): string {
  const open: CSSToken[] = [];
  let text = '';
  let previous: CSSToken | null = null;
  for (const token of tokensOf(selector)) {
    if (isTokenComment(token)) continue;
    const [type, written, offset] = token;
    text += written;
    const within = open.at(-1);
    if (isTokenFunction(token) || isTokenOpenParen(token) || isTokenOpenSquare(token)) open.push(token);
    else if (isTokenCloseParen(token) || isTokenCloseSquare(token)) open.pop();
    if (within !== undefined && !(isTokenFunction(within) && TAKES_SELECTORS.test(within[1]))) continue;
    if (isTokenWhiteSpaceOrComment(token)) continue;
    const isEnd = type === TokenType.Comma || isTokenCloseParen(token);
    if (isEnd && previous !== null && isCombinator(previous)) throw new SelectorError(NOTHING_FOLLOWS, offset);
    if (type === TokenType.AtKeyword) throw new SelectorError('Unexpected "@": an attribute is written [name] in CSS', offset);
    if (isTokenCloseParen(token) && within === undefined) throw new SelectorError('Unexpected ")"', offset);
    if (!mayFollow(token, previous)) throw new SelectorError(`Unexpected ${JSON.stringify(written.slice(0, 40))}`, offset);
    previous = token;
  }
  if (previous !== null && open.length === 0 && isCombinator(previous)) throw new SelectorError(NOTHING_FOLLOWS, selector.length);
  if (previous === null) throw new SelectorError('It is empty', selector.length);
  return text;
}

/** A name and nothing else comes behind a dot, and behind a colon a name, a function or one more colon; a function nowhere else. */
function mayFollow(token: CSSToken, previous: CSSToken | null): boolean {
  const [type, written] = token;
  const before = previous?.[1];
  if (before === '.') return type === TokenType.Ident;
  if (before === ':') return type === TokenType.Ident || type === TokenType.Colon || isTokenFunction(token);
  return type === TokenType.Delim ? /[.>+~*|]/.test(written) : KNOWN.has(type);
}

function* tokensOf(css: string): Generator<CSSToken, void, undefined> {
  const tokens = tokenizer({ css });
  while (!tokens.endOfFile()) {
    const token = tokens.nextToken();
    if (!isTokenEOF(token)) yield token;
  }
}

const NOTHING_FOLLOWS = 'Nothing follows the last combinator';
const TAKES_SELECTORS = /^(?:is|where|matches|any|not|has)\($/i;

/** Tokens that selectors are made of; inside brackets, and in what other functions take, the library knows better. */
const KNOWN: ReadonlySet<string> = new Set([
  ...[TokenType.Ident, TokenType.Hash, TokenType.Colon, TokenType.Comma],
  ...[TokenType.OpenSquare, TokenType.CloseSquare, TokenType.CloseParen],
]);

function isCombinator([type, written]: CSSToken): boolean {
  return type === TokenType.Delim && /[>+~]/.test(written);
}

/**
 * Where a selector that cannot be read goes wrong: behind the longest part of it, token by token, that something might follow so that it could
 * be read. In UTF-16 code units; the length of the selector where it ends too early.
 */
export function offsetOfError(selector: string, isReadable: (selector: string) => boolean): number {
  const parts = [{ end: 0, closing: '' }];
  const open: string[] = [];
  for (const token of tokensOf(selector)) {
    const [, , , last] = token;
    if (isTokenFunction(token) || isTokenOpenParen(token)) open.push(')');
    else if (isTokenOpenSquare(token)) open.push(']');
    else if (isTokenCloseParen(token) || isTokenCloseSquare(token)) open.pop();
    parts.push({ end: last + 1, closing: open.toReversed().join('') });
  }
  const lastReadable = (upTo: number): number =>
    parts.findLastIndex(
      ({ end, closing }, index) =>
        index <= upTo && index > upTo - LONGEST_GAP && CONTINUATIONS.some((text) => isReadable(selector.slice(0, end) + text + closing)),
    );
  let [from, to] = [0, parts.length - 1];
  // Most end too early.
  if (lastReadable(to) !== -1) from = to;
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if (lastReadable(middle) === -1) to = middle - 1;
    else from = middle;
  }
  return parts[lastReadable(from)]?.end ?? 0;
}

/** Of so many parts that follow one another one can be continued, before the error: behind a colon alone, no name that is tried is a pseudo-class's. */
const LONGEST_GAP = 4;

/** What may come next: nothing, a name or an element, the rest of an operator and a value, a number, the end of a string. */
const CONTINUATIONS = ['', 'x', '=x', '1', '"', "'"];
