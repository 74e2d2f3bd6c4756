import { load } from 'cheerio/slim';
import { type Element, isDocument, type ParentNode } from 'domhandler';
import { pageOf } from '../api/list-page.ts';
import { ProblemError } from '../api/problem.ts';
import { createAnswerBudget } from './answer-budget.ts';
import type { PageDocument } from './document.ts';
import { describeElement } from './element.ts';
import type { SelectOptions } from './select.args.ts';
import type { Selection } from './select.model.ts';

/**
 * The elements that a CSS selector matches, in tree order, template content left out: a template has no children in the
 * tree. https://dom.spec.whatwg.org/#dom-parentnode-queryselectorall
 *
 * @throws ProblemError `INVALID_SELECTOR`, `NOT_A_DOCUMENT`, and `PARSE_LIMIT_EXCEEDED` as soon as the answer would pass 64 MiB.
 */
export function select(document: PageDocument, options: SelectOptions): Selection {
  const found = selectedElements(document, options.selector);
  const budget = createAnswerBudget(document.url);
  return {
    selector: options.selector,
    total: found.length,
    elements: pageOf(found, options).map((element, index) => describeElement(document, element, options.offset + index, budget)),
  };
}

/**
 * The elements that a CSS selector matches, as {@link select} finds them.
 *
 * @throws ProblemError `INVALID_SELECTOR`, `NOT_A_DOCUMENT`
 */
export function selectedElements(document: PageDocument, selector: string): Element[] {
  return matches(document, selector).filter((element) => isInTree(element, document.tree));
}

/**
 * The first element that a CSS selector matches, or null. https://dom.spec.whatwg.org/#dom-parentnode-queryselector
 *
 * @throws ProblemError as {@link select}
 */
export function firstMatch(document: PageDocument, selector: string): Element | null {
  return matches(document, selector).find((element) => isInTree(element, document.tree)) ?? null;
}

function matches({ tree, syntax }: PageDocument, selector: string): Element[] {
  // cheerio only reads the tree here; its own types name an older version of the same classes.
  const $ = load([], { xml: { xmlMode: syntax === 'xml' } });
  try {
    const found: unknown = $(tree as never)
      .find(selector)
      .toArray();
    return found as Element[];
  } catch (error) {
    const reason = (error as Error).message;
    throw new ProblemError('INVALID_SELECTOR', `the selector ${JSON.stringify(selector)} cannot be read: ${reason}`, {
      errors: [{ parameter: 'selector', message: reason }],
      cause: error,
    });
  }
}

/** False within a template: what it holds hangs on a document of its own. */
function isInTree(element: Element, tree: ParentNode): boolean {
  let node: ParentNode = element;
  while (node.parent !== null) {
    if (node !== tree && isDocument(node)) return false;
    node = node.parent;
  }
  return node === tree;
}
