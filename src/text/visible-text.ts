import { type ChildNode, type Document, type Element, isTag, isText } from 'domhandler';
import type { PageDocument } from '../parse/document.ts';
import { following } from '../parse/tree.ts';
import { type Display, displayOf, preservesWhitespace } from './rendering.ts';

/** Collects text as it would be laid out: white space collapsed, and no more line breaks between blocks than the larger of them wants. */
interface Layout {
  /** Text whose white space collapses. */
  collapsed(text: string): void;
  /** Text as it is written. */
  preserved(text: string): void;
  /** A tab or a line feed, with no white space around it. */
  mark(mark: '\t' | '\n'): void;
  /** At least this many line feeds between what was and what comes; none at the start and the end. */
  requireLineBreaks(count: number): void;
  finish(): string;
}

/**
 * The text that a reader sees: what `innerText` of the whole document gives in a browser without style sheets and scripts. Other text is
 * visible as it is. Throws PARSE_LIMIT_EXCEEDED. https://html.spec.whatwg.org/multipage/dom.html#rendered-text-collection-steps
 */
export function visibleText(document: PageDocument): string {
  return document.syntax === 'text' ? document.text : renderedText(document.tree);
}

export function renderedText(root: Document): string {
  const layout = createLayout();
  // Rows seen in each open table, and cells in each open row: what separates them comes before all but the first.
  const tables = [0];
  const rows = [0];
  let preserving = 0;

  function enter(element: Element, display: Display): void {
    if (preservesWhitespace(element)) preserving++;
    if (display === 'line-break') layout.mark('\n');
    if (display === 'table-row') {
      if (increment(tables) > 1) layout.mark('\n');
      rows.push(0);
    }
    if (display === 'table-cell' && increment(rows) > 1) layout.mark('\t');
    if (display === 'table') tables.push(0);
    layout.requireLineBreaks(LINE_BREAKS[display]);
  }

  function leave(element: Element, display: Display): void {
    if (preservesWhitespace(element)) preserving--;
    if (display === 'table-row') rows.pop();
    if (display === 'table') tables.pop();
    layout.requireLineBreaks(LINE_BREAKS[display]);
  }

  walk(root, {
    enter,
    leave,
    text(data) {
      if (preserving > 0) layout.preserved(data);
      else layout.collapsed(data);
    },
  });
  return layout.finish();
}

interface Visitor {
  enter(element: Element, display: Display): void;
  leave(element: Element, display: Display): void;
  text(data: string): void;
}

/** Visits all that is displayed, in tree order. Keeps the open elements itself: the depth of a tree is the page's choice. */
function walk(root: Document, visitor: Visitor): void {
  const open: { element: Element; display: Display }[] = [];
  let node: ChildNode | null = following(root, root);
  while (node !== null) {
    for (let last = open.at(-1); last !== undefined && node.parent !== last.element; last = open.at(-1)) {
      visitor.leave(last.element, last.display);
      open.pop();
    }
    let hidden = false;
    if (isTag(node)) {
      const display = displayOf(node);
      hidden = display === 'none';
      if (!hidden) {
        visitor.enter(node, display);
        open.push({ element: node, display });
      }
    } else if (isText(node)) {
      visitor.text(node.data);
    }
    node = following(node, root, hidden);
  }
  for (const { element, display } of open.reverse()) visitor.leave(element, display);
}

function createLayout(): Layout {
  let output = '';
  let lineBreaks = 0;
  let space = false;
  let lineStart = true;

  /** Writes what stood between the last text and the next. */
  function settle(): void {
    if (lineBreaks > 0) {
      if (output !== '') output += '\n'.repeat(lineBreaks);
      lineStart = true;
    }
    if (space && !lineStart) output += ' ';
    lineBreaks = 0;
    space = false;
    lineStart = false;
  }

  return {
    collapsed(text) {
      const words = text.replace(/[\t\n\f\r ]+/g, ' ');
      const start = words.startsWith(' ') ? 1 : 0;
      if (start === 1) space = true;
      if (words.length === start) return;
      settle();
      const end = words.endsWith(' ');
      output += words.slice(start, end ? -1 : undefined);
      space = end;
    },
    preserved(text) {
      if (text === '') return;
      settle();
      output += text;
      lineStart = text.endsWith('\n');
    },
    mark(mark) {
      space = false;
      settle();
      output += mark;
      lineStart = true;
    },
    requireLineBreaks(count) {
      lineBreaks = Math.max(lineBreaks, count);
    },
    finish: () => output,
  };
}

function increment(counts: number[]): number {
  const count = (counts.pop() ?? 0) + 1;
  counts.push(count);
  return count;
}

const LINE_BREAKS: Readonly<Record<Display, number>> = {
  none: 0,
  inline: 0,
  block: 1,
  paragraph: 2,
  'line-break': 0,
  table: 1,
  'table-row': 0,
  'table-cell': 0,
};
