import { HYPERLINK_ELEMENTS, type FoundLink } from './link-sources.ts';
import { asciiLowercase } from './tree.ts';

/** The text that a reader follows a link by: of what is no hyperlink or button there is none, and it is null. */
export function linkText({ element, attribute }: FoundLink): string | null {
  if (element === null) return null;
  const hasText = attribute === 'formaction' || (attribute === 'href' && HYPERLINK_ELEMENTS.has(element.name));
  return hasText ? element.text : null;
}

/** https://html.spec.whatwg.org/multipage/links.html#linkTypes */
export function linkTypes({ element }: FoundLink): string[] {
  const rel = element?.rel ?? '';
  if (rel === '') return [];
  return [...new Set(asciiLowercase(rel).split(/[\t\n\f\r ]+/))].filter((type) => type !== '');
}
