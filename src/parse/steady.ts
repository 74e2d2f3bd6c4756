import type { ChildNode, Element } from 'domhandler';
import { createAnswerBudget } from './answer-budget.ts';
import { documentBaseUrl } from './document-base-url.ts';
import type { PageDocument } from './document.ts';
import { selectedElements } from './select.ts';
import { serializeNode } from './serialize.ts';
import { attributeNames, attributeValue, descendantElements } from './tree.ts';

/** What is left out of a page before it is compared with itself. */
export interface SteadyOptions {
  /** CSS selectors of elements. */
  ignore: readonly string[];
}

/** A page without what is left out, to be read again. */
export interface SteadyPage {
  html: string;
  baseUrl: string | null;
}

/** Names of what a server makes anew for each page, against forged requests. */
const TOKEN = /csrf|xsrf|authenticity[_-]?token|requestverificationtoken|__viewstate|__eventvalidation|nonce/i;

/**
 * A page as markup, without the elements that selectors match and without what is made anew for each retrieval: nonces, and the tokens of forms.
 *
 * @throws ProblemError `INVALID_SELECTOR`, `NOT_A_DOCUMENT`, `PARSE_LIMIT_EXCEEDED`
 */
export function steadyPage(document: PageDocument, { ignore }: SteadyOptions): SteadyPage {
  const { tree, syntax } = document;
  const { baseUrl } = documentBaseUrl(document);
  const left = new Set<ChildNode>(ignore.flatMap((selector) => selectedElements(document, selector)));
  for (const element of descendantElements(tree)) {
    if (isToken(element)) left.add(element);
    else if (attributeValue(element, 'nonce') !== null) element.attribs['nonce'] = '';
  }
  // Each parent once, however many of its children go; the tree is written and thrown away.
  for (const parent of new Set([...left].map((element) => element.parent))) {
    if (parent !== null) parent.children = parent.children.filter((child) => !left.has(child));
  }
  const budget = createAnswerBudget(document.url);
  const html = tree.children
    .map((child) => serializeNode(child, syntax === 'xml' ? 'xml' : 'html', (piece) => budget.spend(piece)))
    .join('');
  return { html, baseUrl };
}

function isToken(element: Element): boolean {
  if (element.name !== 'input' && element.name !== 'meta') return false;
  return attributeNames(element).some((name) => (name === 'name' || name === 'id') && TOKEN.test(attributeValue(element, name) ?? ''));
}
