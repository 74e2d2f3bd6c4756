import type { Element } from 'domhandler';
import { pageOf } from '../api/list-page.ts';
import { createAnswerBudget } from './answer-budget.ts';
import type { PageDocument } from './document.ts';
import { describeElement } from './element.ts';
import type { TagsOptions } from './tags.args.ts';
import type { Tags } from './tags.model.ts';
import { asciiLowercase, attributeNames, attributeValue, localName } from './tree.ts';

/**
 * Elements by local name (`*` for all) and attribute, in tree order, template content left out. Names match whatever their letter case in
 * HTML, exactly in XML, where the name with its prefix serves too.
 * Throws NOT_A_DOCUMENT, and PARSE_LIMIT_EXCEEDED as soon as the answer would pass 64 MiB.
 * https://dom.spec.whatwg.org/#concept-getelementsbytagname
 */
export function tags(document: PageDocument, options: TagsOptions): Tags {
  const found = document.elements.filter(matcher(document, options));
  const budget = createAnswerBudget(document.url);
  const offset = options.offset;
  return {
    total: found.length,
    tags: pageOf(found, options).map((element, index) => describeElement(document, element, offset + index, budget)),
  };
}

function matcher({ syntax }: PageDocument, { tag, attr }: TagsOptions): (element: Element) => boolean {
  if (syntax === 'xml') {
    return (element) =>
      (tag === '*' || localName(element) === tag || element.name === tag) && (attr === undefined || attributeValue(element, attr) !== null);
  }
  const name = asciiLowercase(tag);
  const attribute = attr === undefined ? undefined : asciiLowercase(attr);
  return (element) =>
    (name === '*' || element.name === name || asciiLowercase(element.name) === name) &&
    (attribute === undefined || attributeNames(element).some((candidate) => asciiLowercase(candidate) === attribute));
}
