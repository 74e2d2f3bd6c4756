import type { Element } from 'domhandler';
import type { AnswerBudget } from './answer-budget.ts';
import type { PageDocument } from './document.ts';
import { documentBaseUrl } from './document-base-url.ts';
import { encodingParseUrl } from './encoding-parse-url.ts';
import { isoDate } from './iso-date.ts';
import { urlAttribute } from './microdata.ts';
import { serializeNode } from './serialize.ts';
import { attributeOf } from './select.ts';
import { quoted } from './shape-faults.ts';
import type { Finder } from './shape-finder.ts';
import { numberIn } from './shape-number.ts';
import type { Outcome } from './shape-outcome.ts';
import type { Pattern } from './shape-pattern.ts';
import type { ValueRule } from './shape-rule.ts';
import { textWithBorders } from './shape-text.ts';
import { attributeValue, descendantText, isHtmlElement, localName, stripAndCollapseAsciiWhitespace } from './tree.ts';
import type { XPathItem } from './xpath.ts';

/** Reads what a selector found as the value that a rule wants. */
export type ValueReader = (rule: ValueRule, finder: Finder, item: XPathItem) => Outcome;

/** Markup counts towards the budget already while it is written. */
export function createValueReader(document: PageDocument, budget: AnswerBudget): ValueReader {
  let baseUrl: string | null | undefined;
  const toUrl = (written: string): Outcome => {
    if (baseUrl === undefined) ({ baseUrl } = documentBaseUrl(document));
    const url = encodingParseUrl(written, baseUrl, document.encoding);
    if (url !== null) return { value: url.href };
    const why = baseUrl === null ? 'is no absolute URL, and there is no baseUrl to resolve it against' : 'is no URL';
    return { reason: 'no-url', message: `${quoted(written)} ${why}` };
  };

  const markupOf = (element: Element): string =>
    serializeNode(element, document.syntax === 'xml' ? 'xml' : 'html', (piece) => budget.spend(piece));

  const written = (rule: ValueRule, finder: Finder, item: Element): string | Exclude<Outcome, { value: unknown }> => {
    if (rule.type === 'html') return markupOf(item);
    const attr = finder.attr ?? impliedAttribute(item, rule.type);
    if (attr === null) return isOneValue(rule) ? textWithBorders(item) : stripAndCollapseAsciiWhitespace(descendantText(item));
    return attributeOf(document, item, attr) ?? { reason: 'no-attribute', message: lacking(item, attr, finder) };
  };

  return (rule, finder, item) => {
    const { type, pattern } = rule;
    if (typeof item !== 'object' && pattern === null) {
      if (type === 'boolean' && typeof item === 'boolean') return { value: item };
      if (type === 'number' && typeof item === 'number') return { value: item };
    }
    const text = typeof item === 'object' ? written(rule, finder, item) : String(item);
    if (type === 'boolean') return toBoolean(rule, finder, item, typeof text === 'string' ? text : null);
    if (typeof text !== 'string') return text;
    const captured = pattern === null ? text : pattern.capture(text);
    if (captured === null) return { reason: 'no-capture', message: uncaptured(text, pattern) };
    if (type === 'number') return numberIn(captured, rule.decimal);
    if (type === 'date') return toDate(captured);
    if (type === 'url') return toUrl(captured);
    return { value: captured, isWeak: captured === '' };
  };
}

/** Whether digits of two elements must not become one value. */
function isOneValue({ type }: ValueRule): boolean {
  return type === 'number' || type === 'date';
}

/**
 * The attribute that has the value of an element of HTML which says so, as of a property in microdata.
 * https://html.spec.whatwg.org/multipage/microdata.html#values
 */
function impliedAttribute(element: Element, type: ValueRule['type']): string | null {
  if (!isHtmlElement(element) || type === 'boolean') return null;
  const name = localName(element);
  if (name === 'meta') return 'content';
  if (type === 'url') return urlAttribute(element);
  const attr =
    type === 'date' && name === 'time' ? 'datetime' : type === 'number' && (name === 'data' || name === 'meter') ? 'value' : null;
  return attr !== null && attributeValue(element, attr) !== null ? attr : null;
}

function lacking(element: Element, attr: string, { selector }: Finder): string {
  const [before = '.'] = /^[^@]*[^@\s]/.exec(selector) ?? [];
  const ADVICE: Readonly<Record<string, string>> = {
    text: `; the text of an element is ${quoted(before)} alone`,
    html: `; its markup is {"$": ${quoted(before)}, "type": "html"}`,
  };
  const advice = Object.hasOwn(ADVICE, attr) ? (ADVICE[attr] ?? '') : '';
  return `the element ${quoted(element.name)} that ${quoted(selector)} finds has no attribute ${quoted(attr)}${advice}`;
}

function uncaptured(text: string, pattern: Pattern | null): string {
  const { expression, advice } = pattern ?? { expression: '', advice: '' };
  return pattern?.matches(text) === true
    ? `${quoted(text)} is matched by ${quoted(expression)}, but its first group took no part`
    : `${quoted(text)} is not matched by ${quoted(expression)}${advice}`;
}

function toDate(text: string): Outcome {
  const date = isoDate(text);
  if (date !== null) return { value: date };
  return { reason: 'no-date', message: `${quoted(text)} is no calendar date as RFC 3339 (2026-01-05) or RFC 5322 (5 Jan 2026) has it` };
}

const TRUE = ['true', 'yes', 'on', '1'];
const FALSE = ['false', 'no', 'off', '0'];

/** `text` is null where an attribute is not there. */
function toBoolean({ pattern }: ValueRule, { attr }: Finder, item: XPathItem, text: string | null): Outcome {
  if (text === null) return { value: false, isWeak: true };
  if (pattern !== null) return { value: pattern.matches(text) };
  if (attr !== null && (text === '' || isBooleanAttribute(item, attr))) return { value: true };
  const word = text.trim().toLowerCase();
  if (TRUE.includes(word)) return { value: true };
  if (FALSE.includes(word)) return { value: false };
  const message = `${quoted(text)} is none of ${[...TRUE, ...FALSE].join(', ')}; match says what else is true`;
  return { reason: 'no-boolean', message };
}

/** Whether its presence alone means true. https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#boolean-attributes */
function isBooleanAttribute(item: XPathItem, attr: string): boolean {
  return typeof item === 'object' && isHtmlElement(item) && BOOLEAN_ATTRIBUTES.has(attr.toLowerCase());
}

/** https://html.spec.whatwg.org/multipage/indices.html#attributes-3, and `hidden`, which is one but for its one other state. */
const BOOLEAN_ATTRIBUTES: ReadonlySet<string> = new Set(
  'allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate hidden inert ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected shadowrootclonable shadowrootcustomelementregistry shadowrootdelegatesfocus shadowrootserializable'.split(
    ' ',
  ),
);
