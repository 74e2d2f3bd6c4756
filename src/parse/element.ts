import type { Element as ElementNode } from 'domhandler';
import type { AnswerBudget } from './answer-budget.ts';
import type { PageDocument } from './document.ts';
import type { Element } from './element.model.ts';
import { type ElementMarkup, serializeElement } from './serialize.ts';
import { attributeNames, attributeValue, descendantText, stripAndCollapseAsciiWhitespace } from './tree.ts';

const nodes = new WeakMap<object, ElementNode>();

/** The node that an answer describes; null of what is no answer of {@link describeElement}. */
export function describedNode(answer: object): ElementNode | null {
  return nodes.get(answer) ?? null;
}

/**
 * The parts of an element as an answer, each made when it is read: what is not wanted costs nothing. `index` is its number among the elements
 * found. Reading throws PARSE_LIMIT_EXCEEDED where `budget` ends.
 */
export function describeElement(document: PageDocument, element: ElementNode, index: number, budget: AnswerBudget): Element {
  const spend = (piece: string): string => budget.spend(piece);
  let made: ElementMarkup | undefined;
  const markup = (): ElementMarkup => (made ??= serializeElement(element, document.syntax === 'xml' ? 'xml' : 'html', spend));
  const answer: Element = {
    name: element.name,
    get html() {
      const { start, contents, end } = markup();
      return spend(start + contents.join('') + end);
    },
    get attributes() {
      return attributeNames(element).map((name) => ({ name, value: spend(attributeValue(element, name) ?? '') }));
    },
    get text() {
      return spend(stripAndCollapseAsciiWhitespace(descendantText(element)));
    },
    get contents() {
      return markup().contents;
    },
    position: { index, ...document.position(element.startIndex) },
  };
  nodes.set(answer, element);
  return answer;
}
