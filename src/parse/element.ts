import type { Element as ElementNode } from 'domhandler';
import type { AnswerBudget } from './answer-budget.ts';
import type { PageDocument } from './document.ts';
import type { Attribute, Element, Position } from './element.model.ts';
import { type ElementMarkup, serializeElement } from './serialize.ts';
import { attributeNames, attributeValue, descendantText, stripAndCollapseAsciiWhitespace } from './tree.ts';

/** The node that an answer describes; null of what is no answer of {@link describeElement}. */
export function describedNode(answer: object): ElementNode | null {
  return DescribedElement.nodeOf(answer);
}

/**
 * The parts of an element as an answer, each made when it is read: what is not wanted costs nothing. `index` is its number among the elements
 * found. Reading throws PARSE_LIMIT_EXCEEDED where `budget` ends.
 */
export function describeElement(document: PageDocument, element: ElementNode, index: number, budget: AnswerBudget): Element {
  return new DescribedElement(document, element, index, budget);
}

// A class, as every element of a document is one of these: getters of a literal would give each a hidden class of its own.
class DescribedElement implements Element {
  readonly #document: PageDocument;
  readonly #node: ElementNode;
  readonly #index: number;
  readonly #budget: AnswerBudget;
  #markup: ElementMarkup | undefined;

  static nodeOf(answer: object): ElementNode | null {
    return #node in answer ? answer.#node : null;
  }

  constructor(document: PageDocument, node: ElementNode, index: number, budget: AnswerBudget) {
    this.#document = document;
    this.#node = node;
    this.#index = index;
    this.#budget = budget;
  }

  get name(): string {
    return this.#node.name;
  }

  get html(): string {
    const { start, contents, end } = this.#serialized();
    return this.#budget.spend(start + contents.join('') + end);
  }

  get attributes(): Attribute[] {
    return attributeNames(this.#node).map((name) => ({ name, value: this.#budget.spend(attributeValue(this.#node, name) ?? '') }));
  }

  get text(): string {
    return this.#budget.spend(stripAndCollapseAsciiWhitespace(descendantText(this.#node)));
  }

  get contents(): string[] {
    return this.#serialized().contents;
  }

  get position(): Position {
    return { index: this.#index, ...this.#document.position(this.#node.startIndex) };
  }

  toJSON(): Element {
    const { name, html, attributes, text, contents, position } = this;
    return { name, html, attributes, text, contents, position };
  }

  #serialized(): ElementMarkup {
    const syntax = this.#document.syntax === 'xml' ? 'xml' : 'html';
    return (this.#markup ??= serializeElement(this.#node, syntax, (piece) => this.#budget.spend(piece)));
  }
}

// As members of an answer are, so that whoever goes through its names finds them.
for (const name of ['name', 'html', 'attributes', 'text', 'contents', 'position']) {
  Object.defineProperty(DescribedElement.prototype, name, { enumerable: true });
}
