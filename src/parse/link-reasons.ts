import type { LinkReason } from './links-compare.model.ts';
import type { SourceAttribute } from './source-attributes.ts';
import type { SourceToken } from './source-tokens.ts';

/** What is known of a link that the parser alone found. */
export interface ParserOnly {
  /** The value as the parser has it. */
  href: string;
  /** The `href` in the source; null where it was not found again. */
  attribute: SourceAttribute | null;
  /** The same attribute was told of before. */
  isAgain: boolean;
  /** A match of the expression that began before it reaches into it. */
  isSwallowed: boolean;
}

/** What is known of a link that the expression alone found. */
export interface RegexOnly {
  /** Offsets of the match; `end` is behind it. */
  start: number;
  end: number;
  /** The token that it begins in; null for none. */
  token: SourceToken | null;
  /** The attribute that it begins in; null for none. */
  attribute: SourceAttribute | null;
}

/** A reason, and a sentence about one link. */
export interface Explained {
  reason: LinkReason;
  explanation: string;
}

type Rule<Facts> = [reason: LinkReason, applies: (facts: Facts) => boolean, explain: (facts: Facts) => string];

/** Why the expression does not have what the parser has. */
export function reasonOfParserOnly(facts: ParserOnly): Explained {
  return firstOf(PARSER_ONLY, facts, 'The expression should have found it.');
}

/** Why the parser does not have what the expression has. */
export function reasonOfRegexOnly(facts: RegexOnly): Explained {
  return firstOf(REGEX_ONLY, facts, 'The parser should have found it.');
}

/** Why both have the same attribute with different values; null where they are equal. */
export function reasonOfDifference(regexHref: string, parserHref: string): Explained | null {
  if (regexHref === parserHref) return null;
  const isReference = regexHref.includes('&');
  return isReference
    ? {
        reason: 'character-reference',
        explanation: 'The expression has the character references as written, the parser what they stand for.',
      }
    : { reason: 'other', explanation: 'The parser has read another character in place of one that HTML does not keep.' };
}

function firstOf<Facts>(rules: readonly Rule<Facts>[], facts: Facts, otherwise: string): Explained {
  const rule = rules.find(([, applies]) => applies(facts));
  return rule === undefined ? { reason: 'other', explanation: otherwise } : { reason: rule[0], explanation: rule[2](facts) };
}

/** As the URL parser begins: without spaces and controls at its start, and tabs and line breaks anywhere. https://url.spec.whatwg.org/#concept-basic-url-parser */
function asUrlBegins(value: string): string {
  const head = value.slice(0, 10_000).replace(/[\t\n\r]/g, '');
  let at = 0;
  while (head.charCodeAt(at) <= 0x20) at++;
  return head.slice(at);
}

function hasCapitalInScheme(value: string): boolean {
  const url = asUrlBegins(value);
  return /^https?:/i.test(url) && !/^https?:/.test(url);
}

/** First hit wins. */
const PARSER_ONLY: readonly Rule<ParserOnly>[] = [
  [
    'relative',
    ({ href }) => !/^[a-z][a-z0-9+.-]*:/i.test(asUrlBegins(href)),
    ({ href }) =>
      href === ''
        ? 'The value is empty, which means the page itself.'
        : 'The URL has no scheme: it is resolved against the base URL of the document.',
  ],
  [
    'scheme',
    ({ href }) => !/^https?:\/\//i.test(asUrlBegins(href)),
    ({ href }) =>
      `The URL begins with ${JSON.stringify(/^[^:]*:/.exec(asUrlBegins(href))?.[0].slice(0, 40))}, and not with http:// or https://.`,
  ],
  [
    'single-quoted',
    ({ attribute }) => attribute?.quote === "'",
    () => 'The value stands in single quotes, and the expression wants double ones.',
  ],
  ['unquoted', ({ attribute }) => attribute?.quote === '', () => 'The value stands in no quotes, and the expression wants double ones.'],
  [
    'upper-case',
    ({ attribute }) => attribute !== null && (attribute.name !== 'href' || hasCapitalInScheme(attribute.value)),
    ({ attribute }) =>
      attribute?.name === 'href'
        ? 'The scheme has a capital letter, which means the same to a parser and not to the expression.'
        : `The attribute is written ${attribute?.name.slice(0, 40) ?? ''}, which means the same to a parser and not to the expression.`,
  ],
  [
    'character-reference',
    ({ attribute }) => attribute !== null && !/^https?:\/\//.test(asUrlBegins(attribute.value)),
    () => 'The scheme is written with a character reference, which the expression does not resolve.',
  ],
  [
    'whitespace',
    ({ attribute }) => attribute !== null && (attribute.isSpaced || !/^https?:\/\//.test(attribute.value)),
    ({ attribute }) =>
      attribute?.isSpaced === true
        ? 'White space stands around the equals sign.'
        : 'White space or a control character stands before the URL or in its scheme, which a parser passes over.',
  ],
  [
    'broken-markup',
    ({ attribute }) => attribute?.value.includes('\n') === true,
    () => 'The value has a line break, and the expression ends at one.',
  ],
  [
    'broken-markup',
    ({ isSwallowed }) => isSwallowed,
    () => 'A match of the expression that began before it ends only in it, so that it is not found.',
  ],
  [
    'misnested',
    ({ isAgain }) => isAgain,
    () => 'The element is not closed where its parent ends, so that the parser makes it again and has one link more.',
  ],
];

/** First hit wins. */
const REGEX_ONLY: readonly Rule<RegexOnly>[] = [
  ['comment', ({ token }) => token?.kind === 'comment', () => 'It stands in a comment.'],
  ['script', ({ token }) => token?.kind === 'text' && token.name === 'script', () => 'It stands in a script, whose text is no markup.'],
  [
    'raw-text',
    ({ token }) => token?.kind === 'text' && RAW_TEXT.has(token.name),
    ({ token }) => `It stands in the text of <${token?.name ?? ''}>, which is no markup.`,
  ],
  ['text', ({ token }) => token?.kind === 'text', () => 'It stands in text between tags, as markup that is shown does.'],
  ['broken-markup', ({ token }) => token === null, () => 'The text ends before the tag does.'],
  ['broken-markup', ({ token }) => token?.kind !== 'start', () => 'It stands in an end tag or a declaration, which have no attributes.'],
  [
    'broken-markup',
    ({ attribute, end }) => attribute === null || end > attribute.end,
    () => 'A quote is missing or one too many: what looks like an attribute to the expression begins in another one.',
  ],
  ['template', ({ token }) => token?.inTemplate === true, () => 'It stands in a template, whose content is no part of the document.'],
  [
    'not-a-hyperlink',
    ({ token, attribute, start }) =>
      !HYPERLINK.test(token?.name ?? '') || attribute?.name.toLowerCase() !== 'href' || attribute.start !== start,
    ({ token, attribute }) =>
      `It stands in the ${attribute?.name.slice(0, 40) ?? ''} of <${token?.name.slice(0, 40) ?? ''}>, and a link is the href of an a or area.`,
  ],
  ['duplicate-attribute', ({ attribute }) => attribute?.isAgain === true, () => 'The tag has an href already, and the first one counts.'],
  ['dropped', ({ token }) => token !== null, () => 'The parser drops the tag, which must not stand where it does.'],
];

const HYPERLINK = /^(?:.*:)?(?:a|area)$/;

/** Elements whose text is no markup. https://html.spec.whatwg.org/multipage/syntax.html#elements-2 */
const RAW_TEXT: ReadonlySet<string> = new Set(['style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext']);
