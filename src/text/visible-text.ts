import { type ChildNode, type Element, isTag, isText, type ParentNode } from 'domhandler';
import type { PageDocument } from '../parse/document.ts';
import { following, isHtmlElement, type Parent } from '../parse/tree.ts';
import { type Display, type Rendering, renderingOf, type WhiteSpace } from './rendering.ts';
import { createTextLayout } from './text-layout.ts';

/**
 * The text that a reader sees: what `innerText` of the whole document gives in a browser without style sheets and scripts. Other text is
 * visible as it is. Throws PARSE_LIMIT_EXCEEDED. https://html.spec.whatwg.org/multipage/dom.html#rendered-text-collection-steps
 */
export function visibleText(document: PageDocument): string {
  return document.syntax === 'text' ? document.text : renderedText(document.tree);
}

/** What a reader sees of what is in `root`, as {@link visibleText} of a whole document; of what `leavesOut` says, the box alone. */
export function renderedText(root: Parent, leavesOut: (element: Element) => boolean = () => false): string {
  const layout = createTextLayout();
  // Rows seen in each open table, and cells in each open row: what separates them comes before all but the first.
  const tables = [0];
  const rows = [0];

  walk(root, leavesOut, {
    enter({ display, isVisible }) {
      if (!isVisible) return;
      if (display === 'line-break') layout.mark('\n');
      if (display === 'table-row') {
        if (increment(tables) > 1) layout.mark('\n');
        rows.push(0);
      }
      if (display === 'table-cell' && increment(rows) > 1) layout.mark('\t');
      if (display === 'table') tables.push(0);
      if (display === 'atomic') layout.openBox();
      layout.requireLineBreaks(LINE_BREAKS[display]);
    },
    leave({ display, isVisible }) {
      if (!isVisible) return;
      if (display === 'table-row') rows.pop();
      if (display === 'table') tables.pop();
      layout.requireLineBreaks(LINE_BREAKS[display]);
      if (display === 'atomic') layout.closeBox();
    },
    text(data, { isVisible, whiteSpace }) {
      if (!isVisible) {
        // It takes its room.
        if (/[^\t\n\f\r ]/.test(data)) layout.box();
      } else if (whiteSpace === 'keep') {
        layout.preserved(data);
      } else if (whiteSpace === 'collapse' || !data.includes('\n')) {
        layout.collapsed(data);
      } else {
        for (const [index, line] of data.split('\n').entries()) {
          if (index > 0) layout.mark('\n');
          layout.collapsed(line);
        }
      }
    },
  });
  return layout.finish();
}

/** How an open element shows, with all that it has from those around it. */
interface Box extends Rendering {
  element: Parent;
  isVisible: boolean;
  whiteSpace: WhiteSpace;
  /** The `summary` of a closed `details` was there. */
  hasSummary: boolean;
}

interface Visitor {
  enter(box: Box): void;
  leave(box: Box): void;
  text(data: string, box: Box): void;
}

/** Visits all that is displayed in `root`, in tree order. Keeps the open elements itself: the depth of a tree is the page's choice. */
function walk(root: Parent, leavesOut: (element: Element) => boolean, visitor: Visitor): void {
  const outermost = boxOf(root);
  const open: Box[] = [];
  let around = outermost;
  const close = (): void => {
    visitor.leave(around);
    open.pop();
    around = open.at(-1) ?? outermost;
  };
  let node: ChildNode | null = following(root, root);
  while (node !== null) {
    while (node.parent !== around.element) close();
    let isHidden = false;
    if (isTag(node)) {
      const box = boxWithin(node, around);
      const isDisplayed = box.display !== 'none' && isShown(node, around);
      isHidden = !isDisplayed || leavesOut(node);
      if (isDisplayed) visitor.enter(box);
      if (isDisplayed && isHidden) visitor.leave(box);
      if (!isHidden) {
        open.push(box);
        around = box;
      }
    } else if (isText(node) && around.shows === 'all') {
      visitor.text(node.data, around);
    }
    node = following(node, root, isHidden);
  }
  while (open.length > 0) close();
}

/** What `root` itself is: of what it is in, white space and visibility count. */
function boxOf(root: Parent): Box {
  const around: Box = { element: root, display: 'block', shows: 'all', isVisible: true, whiteSpace: 'collapse', hasSummary: false };
  const unknown: Element[] = [];
  let node: ParentNode | null = root;
  for (; node !== null && isTag(node) && !boxes.has(node); node = node.parent) unknown.push(node);
  let box = (node !== null && isTag(node) ? boxes.get(node) : undefined) ?? around;
  for (const element of unknown.reverse()) {
    box = boxWithin(element, box);
    boxes.set(element, box);
  }
  return { ...box, element: root, hasSummary: false };
}

/** Of elements that something was read of, and of what these are in: the cells of a table have all but themselves in common. */
const boxes = new WeakMap<Element, Box>();

function boxWithin(element: Element, around: Box): Box {
  const { display, shows, isVisible, whiteSpace } = renderingOf(element);
  return {
    element,
    display: around.display === 'flex' && (display === 'inline' || display === 'atomic') ? 'block' : display,
    shows,
    isVisible: isVisible ?? around.isVisible,
    whiteSpace: whiteSpace ?? around.whiteSpace,
    hasSummary: false,
  };
}

/** Whether an element is among the children of `around` that are seen. */
function isShown(element: Element, around: Box): boolean {
  if (around.shows === 'options') return isHtmlElement(element, 'option') || isHtmlElement(element, 'optgroup');
  if (around.shows !== 'summary') return around.shows !== 'nothing';
  if (around.hasSummary || !isHtmlElement(element, 'summary')) return false;
  around.hasSummary = true;
  return true;
}

function increment(counts: number[]): number {
  const count = (counts.pop() ?? 0) + 1;
  counts.push(count);
  return count;
}

const LINE_BREAKS: Readonly<Record<Display, number>> = {
  none: 0,
  contents: 0,
  inline: 0,
  atomic: 0,
  block: 1,
  paragraph: 2,
  flex: 1,
  'line-break': 0,
  table: 1,
  'table-row': 0,
  'table-cell': 0,
};
