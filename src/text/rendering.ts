import type { Element } from 'domhandler';
import { attributeValue, isHtmlElement, localName, NAMESPACE } from '../parse/tree.ts';

/** How an element shows where no style sheet says otherwise. */
export type Display = 'none' | 'inline' | 'block' | 'paragraph' | 'line-break' | 'table' | 'table-row' | 'table-cell';

/**
 * An element's display by the HTML Standard's suggested rendering, and `none` for what shows something else in place of its text (an
 * image, a player, a list of options). Style sheets are not applied; `display: none` in a `style` attribute is. An element of a
 * vocabulary without a rendering, as a feed's, is a block, so that its words stay apart from the next element's.
 * https://html.spec.whatwg.org/multipage/rendering.html#hidden-elements
 */
export function displayOf(element: Element): Display {
  const name = localName(element);
  if (isHtmlElement(element)) {
    if (HIDDEN.has(name) || attributeValue(element, 'hidden') !== null) return 'none';
    if (name === 'dialog' && attributeValue(element, 'open') === null) return 'none';
    if (hidesItself(element)) return 'none';
    return HTML_DISPLAY.get(name) ?? 'inline';
  }
  if (element.namespace === NAMESPACE.svg) return HIDDEN_IN_SVG.has(name) || hidesItself(element) ? 'none' : 'inline';
  if (element.namespace === NAMESPACE.mathml) return HIDDEN_IN_MATHML.has(name) ? 'none' : 'inline';
  return 'block';
}

/** Whether an element keeps white space as it is written. https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3 */
export function preservesWhitespace(element: Element): boolean {
  return isHtmlElement(element) && PREFORMATTED.has(localName(element));
}

function hidesItself(element: Element): boolean {
  const style = attributeValue(element, 'style');
  return style !== null && /(?:^|;)\s*display\s*:\s*none\b/i.test(style);
}

const words = (list: string): string[] => list.split(' ');

const HIDDEN: ReadonlySet<string> = new Set([
  ...words('area base basefont datalist head link meta noembed noframes param rp script style template title'),
  ...words('applet audio canvas embed iframe img input meter object progress select source track video'),
]);
const HIDDEN_IN_SVG: ReadonlySet<string> = new Set(words('title desc metadata defs script style symbol'));
const HIDDEN_IN_MATHML: ReadonlySet<string> = new Set(words('annotation annotation-xml'));
const PREFORMATTED: ReadonlySet<string> = new Set(words('pre textarea listing plaintext xmp'));

const BLOCKS = [
  ...words('address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form'),
  ...words('frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup plaintext pre search'),
  ...words('section summary ul xmp caption'),
];
const HTML_DISPLAY: ReadonlyMap<string, Display> = new Map<string, Display>([
  ...BLOCKS.map((name): [string, Display] => [name, 'block']),
  ['p', 'paragraph'],
  ['br', 'line-break'],
  ['table', 'table'],
  ['tr', 'table-row'],
  ['td', 'table-cell'],
  ['th', 'table-cell'],
]);
