import { type Element, isTag } from 'domhandler';
import { compileCss } from './css.ts';
import type { PageDocument } from './document.ts';
import { documentElement, type Parent } from './tree.ts';
import { checkXPath, createXPath, type XPathItem } from './xpath.ts';

/** What a selector of a shape finds: elements, and whose attribute is meant; or what an XPath gives. */
export interface Finder {
  /** As it is written. */
  selector: string;
  language: 'css' | 'xpath';
  attr: string | null;
  /** All within `root`, in order. Throws as {@link createXPath}. */
  all(root: Parent): readonly XPathItem[];
  /** The first of them. */
  first(root: Parent): XPathItem | null;
}

/** Characters of a selector. */
const LONGEST_SELECTOR = 1000;
const XPATH = /^xpath:/i;
const JSON_TEXT = /^(?:\{|\[\s*["{[])/;
/** https://html.spec.whatwg.org/multipage/syntax.html#attributes-2 */
const ATTRIBUTE_NAME = /^[^\s"'<>/=@]+$/;

/**
 * Reads a selector of a shape: `css`, `css@attribute`, `@attribute` and `.` of the element itself, or `xpath:` and an expression.
 *
 * @throws Error that says what of it cannot be read
 */
export function compileFinder(document: PageDocument, written: string): Finder {
  if (written.length > LONGEST_SELECTOR) throw new Error(`A selector has at most ${String(LONGEST_SELECTOR)} characters`);
  const trimmed = written.trim();
  if (JSON_TEXT.test(trimmed)) throw new Error('It is JSON within a text: leave the quotation marks around it out');
  const foreign = FOREIGN.find(([pattern]) => pattern.test(trimmed.replace(OPAQUE, '_')));
  if (foreign !== undefined) throw new Error(foreign[1]);
  if (XPATH.test(trimmed)) return xpathFinder(document, written, trimmed.replace(XPATH, ''));
  const { selector, attr } = splitAttribute(trimmed);
  const about = { selector: written, language: 'css', attr } as const;
  if (attr !== null && !ATTRIBUTE_NAME.test(attr)) {
    throw new Error(
      attr === ''
        ? 'Nothing follows @: there stands the name of an attribute'
        : advised(trimmed, `${JSON.stringify(attr)} is no name of an attribute`),
    );
  }
  if (selector === '.' || (selector === '' && attr !== null)) {
    return { ...about, all: (root) => itself(root), first: (root) => itself(root)[0] ?? null };
  }
  if (selector === '') throw new Error('A selector is not empty; the element itself is "."');
  try {
    return { ...about, ...compileCss(document, selector) };
  } catch (error) {
    throw new Error(advised(trimmed, (error as Error).message), { cause: error });
  }
}

function xpathFinder(document: PageDocument, selector: string, expression: string): Finder {
  if (expression.trim() === '') throw new Error('Nothing follows xpath:');
  checkXPath(document, expression);
  const xpath = createXPath(document, expression);
  const items = (root: Parent): XPathItem[] => xpath.items(root);
  return { selector, language: 'xpath', attr: null, all: items, first: (root) => items(root)[0] ?? null };
}

function itself(root: Parent): Element[] {
  const element = isTag(root) ? root : documentElement(root);
  return element === null ? [] : [element];
}

/** What must not be looked into for an `@`: escapes, strings, attribute selectors. */
const OPAQUE = /\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/gs;

function splitAttribute(written: string): { selector: string; attr: string | null } {
  const bare = written.replace(OPAQUE, (token) => '_'.repeat(token.length));
  const at = bare.lastIndexOf('@');
  // Within an attribute selector it belongs to the value.
  if (at === -1 || bare.includes(']', at)) return { selector: written, attr: null };
  return { selector: written.slice(0, at).trim(), attr: written.slice(at + 1).trim() };
}

/** A reason with what to write instead, where the mistake is a known one. */
function advised(written: string, reason: string): string {
  const advice = ADVICE.find(([pattern]) => pattern.test(written))?.[1];
  return advice === undefined ? reason : `${reason}. ${advice}`;
}

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/\/@|\/text\(\)|\[@/, 'An XPath begins with xpath:, as in "xpath:.//a/@href"'],
  [/@[^,]*,/, 'Alternatives are a list: {"$": ["a@href", "link@href"]}'],
  [
    /:(?:first|last|eq|nth|gt|lt)(?:\(|\b(?!-))/,
    'A value is the first of all that is found anyway; CSS itself has :nth-child() and :nth-last-child()',
  ],
  [/\|/, 'There are no filters: white space is collapsed anyway, and {"$": selector} takes type and match'],
];

/** What can be no selector, but is one to other tools, and what it is here. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/^(?:\.{0,2}|\()\//, 'It is XPath, which begins with xpath: here, as in "xpath://h1" or "xpath:.//a/@href"'],
  [/::attr\(/, '::attr() is not CSS: an attribute is written after @, as in "a@href"'],
  [/::text\b/, '::text is not CSS: leave it out, as the text is what is read anyway'],
];
