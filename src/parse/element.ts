import type { Element as ElementNode } from 'domhandler';
import type { AnswerBudget } from './answer-budget.ts';
import type { PageDocument } from './document.ts';
import type { Element } from './element.model.ts';
import { serializeElement } from './serialize.ts';
import { attributeNames, attributeValue, descendantText, stripAndCollapseAsciiWhitespace } from './tree.ts';

/**
 * The parts of an element as an answer. `index` is its number among the elements found. Throws PARSE_LIMIT_EXCEEDED where `budget` ends.
 */
export function describeElement(document: PageDocument, element: ElementNode, index: number, budget: AnswerBudget): Element {
  const spend = (piece: string): string => budget.spend(piece);
  const { start, contents, end } = serializeElement(element, document.syntax === 'xml' ? 'xml' : 'html', spend);
  return {
    name: element.name,
    html: spend(start + contents.join('') + end),
    attributes: attributeNames(element).map((name) => ({ name, value: spend(attributeValue(element, name) ?? '') })),
    text: spend(stripAndCollapseAsciiWhitespace(descendantText(element))),
    contents,
    position: { index, ...document.position(element.startIndex) },
  };
}
