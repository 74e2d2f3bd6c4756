import { type Element, isTag } from 'domhandler';
import { attributeValue, isHtmlElement, localName, NAMESPACE } from '../parse/tree.ts';

/**
 * What an element is to the text around it. `contents` has no box but its children have; `atomic` is a box in a line whose own text is laid
 * out apart (a button, an image); the children of `flex` are blocks.
 */
export type Display =
  'none' | 'contents' | 'inline' | 'atomic' | 'block' | 'paragraph' | 'flex' | 'line-break' | 'table' | 'table-row' | 'table-cell';

/** What becomes of white space: all of it collapses, all but line feeds, or none. */
export type WhiteSpace = 'collapse' | 'keep-lines' | 'keep';

/** Which children of an element are seen. */
export type Shows = 'all' | 'elements' | 'options' | 'summary' | 'nothing';

/** How an element shows; what is null is as in its parent. */
export interface Rendering {
  display: Display;
  shows: Shows;
  isVisible: boolean | null;
  whiteSpace: WhiteSpace | null;
}

/**
 * How an element shows by the HTML Standard's suggested rendering; of styles, those of its `style` attribute are read. What shows something
 * else in place of its text (an image, a player, a control) shows nothing of it. An element of a vocabulary without a rendering, as a
 * feed's, is a block, so that its words stay apart from the next element's. https://html.spec.whatwg.org/multipage/rendering.html
 */
export function renderingOf(element: Element): Rendering {
  const name = localName(element);
  const isHtml = isHtmlElement(element);
  const display = isHtml ? displayOfHtml(element, name) : displayOfForeign(element.namespace ?? '', name);
  const shows = isHtml ? shownOfHtml(element, name) : shownOfForeign(element, name);
  const rendering: Rendering = { display, shows, isVisible: null, whiteSpace: isHtml && PREFORMATTED.has(name) ? 'keep' : null };
  const style = display === 'none' ? null : attributeValue(element, 'style');
  return style === null ? rendering : withStyle(rendering, declarations(style));
}

/** https://html.spec.whatwg.org/multipage/rendering.html#hidden-elements */
function displayOfHtml(element: Element, name: string): Display {
  if (HIDDEN.has(name) || attributeValue(element, 'hidden') !== null) return 'none';
  if (name === 'dialog' && attributeValue(element, 'open') === null) return 'none';
  if (name === 'input' && attributeValue(element, 'type')?.toLowerCase() === 'hidden') return 'none';
  if (name === 'audio' && attributeValue(element, 'controls') === null) return 'none';
  return HTML_DISPLAY.get(name) ?? 'inline';
}

function shownOfHtml(element: Element, name: string): Shows {
  if (REPLACED.has(name) || (name === 'object' && attributeValue(element, 'data') !== null)) return 'nothing';
  if (
    name === 'select' ||
    (name === 'optgroup' && element.parent !== null && isTag(element.parent) && isHtmlElement(element.parent, 'select'))
  )
    return 'options';
  // https://html.spec.whatwg.org/multipage/rendering.html#the-details-and-summary-elements
  return name === 'details' && attributeValue(element, 'open') === null ? 'summary' : 'all';
}

function displayOfForeign(namespace: string, name: string): Display {
  if (namespace === NAMESPACE.svg) return HIDDEN_IN_SVG.has(name) ? 'none' : (SVG_DISPLAY.get(name) ?? 'inline');
  if (namespace === NAMESPACE.mathml) return HIDDEN_IN_MATHML.has(name) ? 'none' : 'inline';
  return 'block';
}

function shownOfForeign({ namespace, parent }: Element, name: string): Shows {
  const isInText = name === 'a' && parent !== null && isTag(parent) && TEXT_IN_SVG.has(parent.name);
  return namespace === NAMESPACE.svg && !TEXT_IN_SVG.has(name) && !isInText ? 'elements' : 'all';
}

type Declarations = ReadonlyMap<string, string>;

/** The last value of each property, in lower case, without `!important`. https://drafts.csswg.org/css-style-attr/ */
export function declarations(style: string): Declarations {
  const values = new Map<string, string>();
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon === -1) continue;
    const value = declaration.slice(colon + 1).replace('!important', '');
    values.set(declaration.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
  }
  return values;
}

function withStyle({ display, shows, isVisible, whiteSpace }: Rendering, style: Declarations): Rendering {
  const visibility = style.get('visibility') ?? '';
  return {
    display: displayInStyle(display, style),
    shows,
    isVisible: VISIBILITY.get(visibility) ?? isVisible,
    whiteSpace: WHITE_SPACE.get(style.get('white-space') ?? '') ?? whiteSpace,
  };
}

function displayInStyle(display: Display, style: Declarations): Display {
  const value = style.get('display') ?? '';
  if (value === 'none') return 'none';
  if (display === 'line-break') return display;
  const styled = STYLE_DISPLAY.get(value) ?? display;
  // A paragraph is parted by a blank line whatever its box, and what is replaced stays one box in its line.
  if (display === 'paragraph' || (display === 'atomic' && styled === 'inline')) return display;
  const isOutOfFlow = /^(?:left|right)$/.test(style.get('float') ?? '') || /^(?:absolute|fixed)$/.test(style.get('position') ?? '');
  // https://drafts.csswg.org/css-display/#transformations
  return isOutOfFlow && (styled === 'inline' || styled === 'atomic') ? 'block' : styled;
}

const words = (list: string): string[] => list.split(' ');

const HIDDEN: ReadonlySet<string> = new Set([
  ...words('area base basefont datalist head link meta noembed noframes param rp script source style template title track'),
]);
const REPLACED: ReadonlySet<string> = new Set(words('applet audio embed frame iframe img input meter progress textarea video'));
const HIDDEN_IN_SVG: ReadonlySet<string> = new Set(words('title desc metadata defs script style symbol'));
const TEXT_IN_SVG: ReadonlySet<string> = new Set(words('text tspan textPath foreignObject'));
const HIDDEN_IN_MATHML: ReadonlySet<string> = new Set(words('annotation annotation-xml'));
const PREFORMATTED: ReadonlySet<string> = new Set(words('pre listing plaintext xmp'));

const BLOCKS = [
  ...words('address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form'),
  ...words('frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option plaintext pre'),
  ...words('search section summary ul xmp caption'),
];
const HTML_DISPLAY: ReadonlyMap<string, Display> = new Map<string, Display>([
  ...BLOCKS.map((name): [string, Display] => [name, 'block']),
  ...[...REPLACED, 'button', 'select', 'marquee'].map((name): [string, Display] => [name, 'atomic']),
  ['p', 'paragraph'],
  ['br', 'line-break'],
  ['table', 'table'],
  ['tr', 'table-row'],
  ['td', 'table-cell'],
  ['th', 'table-cell'],
]);
const SVG_DISPLAY: ReadonlyMap<string, Display> = new Map<string, Display>([
  ['svg', 'atomic'],
  ['text', 'block'],
  ['foreignObject', 'block'],
]);

const STYLE_DISPLAY: ReadonlyMap<string, Display> = new Map<string, Display>([
  ['contents', 'contents'],
  ['inline', 'inline'],
  ...words('block flow-root list-item table-caption').map((value): [string, Display] => [value, 'block']),
  ...words('inline-block inline-flex inline-grid inline-table').map((value): [string, Display] => [value, 'atomic']),
  ...words('flex grid').map((value): [string, Display] => [value, 'flex']),
  ['table', 'table'],
  ['table-row', 'table-row'],
  ['table-cell', 'table-cell'],
]);
const VISIBILITY: ReadonlyMap<string, boolean> = new Map([
  ['visible', true],
  ['hidden', false],
  ['collapse', false],
]);
const WHITE_SPACE: ReadonlyMap<string, WhiteSpace> = new Map<string, WhiteSpace>([
  ['normal', 'collapse'],
  ['nowrap', 'collapse'],
  ['pre', 'keep'],
  ['pre-wrap', 'keep'],
  ['break-spaces', 'keep'],
  ['pre-line', 'keep-lines'],
]);
