import type { Element } from 'domhandler';
import { pageOf } from '../api/list-page.ts';
import { invalidParameter, isProblemError, ProblemError } from '../api/problem.ts';
import { type AnswerBudget, createAnswerBudget } from './answer-budget.ts';
import { compileCss, type CssSelector } from './css.ts';
import type { PageDocument } from './document.ts';
import { describeElement } from './element.ts';
import type { SelectOptions } from './select.args.ts';
import type { Selection } from './select.model.ts';
import { asciiLowercase, attributeNames, attributeValue, type Parent } from './tree.ts';
import { createXPath, type XPathItem } from './xpath.ts';

/**
 * The elements that a CSS selector matches, in tree order, or what an XPath expression gives, in its order. Template content is
 * left out: a template has no children in the tree. https://dom.spec.whatwg.org/#dom-parentnode-queryselectorall
 *
 * @throws ProblemError `INVALID_SELECTOR`, `INVALID_REQUEST` unless exactly one of `selector` and `xpath` is given, `NOT_A_DOCUMENT`, and
 * `PARSE_LIMIT_EXCEEDED` as soon as the answer would pass 64 MiB.
 */
export function select(document: PageDocument, options: SelectOptions): Selection {
  return createSelect(document, createAnswerBudget(document.url))(document.tree, options);
}

/**
 * The same within any element of a document, all answers within one budget. What is asked of many elements is read once.
 * https://dom.spec.whatwg.org/#scope-match-a-selectors-string
 */
export function createSelect(document: PageDocument, budget: AnswerBudget): (root: Parent, options: SelectOptions) => Selection {
  const selectors = new Map<string, CssSelector>();

  function matches(root: Parent, { selector, attr }: SelectOptions): Element[] {
    if (selector === undefined) throw invalidParameter('selector', 'or xpath is required', document.url ?? undefined);
    const css = selectors.get(selector) ?? compiled(document, selector);
    selectors.set(selector, css);
    const found = css.all(root);
    return attr === undefined ? found : found.filter((element) => attributeOf(document, element, attr) !== null);
  }

  return (root, options) => {
    const { xpath } = options;
    const found = xpath === undefined ? matches(root, options) : given(document, root, xpath, options);
    const page = pageOf(found, options).map((item, index) => ({ item, index: options.offset + index }));
    return answerOf(document, page, found.length, options, budget);
  };
}

interface Found {
  item: XPathItem;
  index: number;
}

function answerOf(
  document: PageDocument,
  page: readonly Found[],
  total: number,
  { selector, xpath, attr }: SelectOptions,
  budget: AnswerBudget,
): Selection {
  return {
    selector: selector ?? null,
    xpath: xpath ?? null,
    total,
    elements: page.flatMap(({ item, index }) => (typeof item === 'object' ? [describeElement(document, item, index, budget)] : [])),
    values: page.flatMap(({ item }) => valuesOf(document, item, attr, budget)),
  };
}

/**
 * The elements that a CSS selector matches, as {@link select} finds them.
 *
 * @throws ProblemError `INVALID_SELECTOR`, `NOT_A_DOCUMENT`
 */
export function selectedElements(document: PageDocument, selector: string): Element[] {
  // The tree comes first: where there is none, no selector is at fault.
  const { tree } = document;
  return compiled(document, selector).all(tree);
}

/**
 * The first element that a CSS selector matches, or null. https://dom.spec.whatwg.org/#dom-parentnode-queryselector
 *
 * @throws ProblemError as {@link select}
 */
export function firstMatch(document: PageDocument, selector: string): Element | null {
  const { tree } = document;
  return compiled(document, selector).first(tree);
}

function compiled(document: PageDocument, selector: string): CssSelector {
  try {
    return compileCss(document, selector);
  } catch (error) {
    throw unreadable('selector', `the selector ${JSON.stringify(selector)} cannot be read`, error as Error);
  }
}

function given(document: PageDocument, root: Parent, xpath: string, { selector, attr }: SelectOptions): XPathItem[] {
  const url = document.url ?? undefined;
  if (selector !== undefined) throw invalidParameter('xpath', 'is given in place of selector, not beside it', url);
  if (attr !== undefined) throw invalidParameter('attr', 'goes with selector: in XPath it is a step, such as //a/@href', url);
  try {
    return createXPath(document, xpath).items(root);
  } catch (error) {
    throw isProblemError(error) ? error : unreadable('xpath', `the XPath ${JSON.stringify(xpath)} cannot be evaluated`, error as Error);
  }
}

function unreadable(parameter: string, what: string, error: Error): ProblemError {
  return new ProblemError('INVALID_SELECTOR', `${what}: ${error.message}`, {
    errors: [{ parameter, message: error.message }],
    cause: error,
  });
}

function valuesOf(document: PageDocument, item: XPathItem, attr: string | undefined, budget: AnswerBudget): Selection['values'] {
  const value = typeof item !== 'object' ? item : attr === undefined ? null : attributeOf(document, item, attr);
  if (value === null) return [];
  return [typeof value === 'string' ? budget.spend(value) : value];
}

/** The value of an attribute, letter case of its name ignored in HTML; null where there is none. */
export function attributeOf({ syntax }: PageDocument, element: Element, name: string): string | null {
  if (syntax === 'xml') return attributeValue(element, name);
  const wanted = asciiLowercase(name);
  const written = attributeNames(element).find((candidate) => asciiLowercase(candidate) === wanted);
  return written === undefined ? null : attributeValue(element, written);
}
