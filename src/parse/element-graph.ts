import type { Element as ElementNode } from 'domhandler';
import { isTag } from 'domhandler';
import { pageOf, type PageOptions } from '../api/list-page.ts';
import { createAnswerBudget } from './answer-budget.ts';
import type { Explore } from './asked.ts';
import type { PageDocument } from './document.ts';
import { describedNode, describeElement } from './element.ts';
import type { Element } from './element.model.ts';
import { createElementLinks } from './links.ts';
import type { LinksOptions } from './links.args.ts';
import { createNodeCount } from './node-count.ts';
import { attributeOf, createSelect } from './select.ts';
import type { SelectOptions } from './select.args.ts';

/** To describe an element takes as long as passing by so many nodes. */
const DESCRIBED = 10;

/**
 * What can be asked of an element besides its own parts: its attributes by name, what is in it, and what stands around it. The
 * options have been validated. https://dom.spec.whatwg.org/#interface-element
 *
 * Exploring throws as the views of the same names do, and PARSE_LIMIT_EXCEEDED where elements within elements would be visited too often.
 */
export function createExplore(document: PageDocument): Explore {
  const budget = createAnswerBudget(document.url);
  const count = createNodeCount(document.url);
  const selectWithin = createSelect(document, budget);
  const linksOf = createElementLinks(document, budget);
  const describe = (node: ElementNode, index = 0): Element => describeElement(document, node, index, budget);
  const orNull = (node: unknown): Element | null => (node === null ? null : describe(node as ElementNode));

  const members: Readonly<Record<string, (node: ElementNode, options: never) => unknown>> = {
    attribute(node, { name }: { name: string }) {
      const value = attributeOf(document, node, name);
      return value === null ? null : budget.spend(value);
    },
    select(node, options: SelectOptions) {
      // An XPath may begin at the root, wherever it is asked.
      count.below(options.xpath === undefined ? node : document.tree);
      const selection = selectWithin(node, options);
      count.passed(selection.elements.length * DESCRIBED);
      return selection;
    },
    links(node, options: LinksOptions) {
      count.below(node);
      const links = linksOf(node, options);
      count.passed(links.links.length * DESCRIBED);
      return links;
    },
    parent({ parent }) {
      count.passed(DESCRIBED);
      return orNull(parent !== null && isTag(parent) ? parent : null);
    },
    children(node, options: PageOptions) {
      const children = pageOf(node.children.filter(isTag), options);
      count.passed(node.children.length + children.length * DESCRIBED);
      return children.map((child, index) => describe(child, options.offset + index));
    },
    next: (node) => orNull(sibling(node, 'next')),
    previous: (node) => orNull(sibling(node, 'prev')),
  };

  function sibling(node: ElementNode, side: 'next' | 'prev'): ElementNode | null {
    let other = node[side];
    for (; other !== null && !isTag(other); other = other[side]) count.passed(1);
    count.passed(DESCRIBED);
    return other;
  }

  return (object, name, options) => {
    const node = describedNode(object);
    const explored = members[name];
    if (node === null || explored === undefined) throw new Error(`nothing is known of ${name} here`);
    return explored(node, options as never);
  };
}
