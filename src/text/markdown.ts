import { type ChildNode, type Element, isTag, isText } from 'domhandler';
import type { Root, TableCell } from 'mdast';
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import {
  asciiLowercase,
  attributeValue,
  descendantElements,
  descendantText,
  following,
  isHtmlElement,
  localName,
  type Parent,
} from '../parse/tree.ts';
import { emptyTable, MarkdownWriter } from './markdown-writer.ts';
import { renderingOf } from './rendering.ts';
import { formTable } from './table-grid.ts';
import { renderedText } from './visible-text.ts';

/** The absolute URL of a link or an image as written; null where it has none. */
type Resolve = (written: string) => string | null;

/**
 * What is in `root` as Markdown: CommonMark with the tables and the strikethrough of GitHub Flavored Markdown, headings with `#`, code in
 * fences, nothing as HTML. Links and images whose URL is a script or the data themselves are their text. Throws PARSE_LIMIT_EXCEEDED.
 * https://spec.commonmark.org/0.31.2/ https://github.github.com/gfm/
 */
export function markdownOf(root: Parent, resolve: Resolve, url: string | null): string {
  return toMarkdown(markdownTree(root, resolve, url), {
    bullet: '-',
    emphasis: '*',
    fences: true,
    listItemIndent: 'one',
    resourceLink: true,
    rule: '-',
    extensions: [gfmTableToMarkdown({ tablePipeAlign: false }), gfmStrikethroughToMarkdown()],
  }).trimEnd();
}

/** The same as a tree. */
function markdownTree(root: Parent, resolve: Resolve, url: string | null): Root {
  const writer = new MarkdownWriter();
  const cells = new Map<Element, TableCell>();
  const captions = new Set<Element>();
  const open: { element: Parent; leave: () => void }[] = [];

  /** What is to be done at an element's end; null where nothing of it is read. */
  function enter(element: Element): (() => void) | null {
    const { display, shows } = renderingOf(element);
    const name = isHtmlElement(element) ? localName(element) : '';
    if (name === 'img') image(element);
    if (display === 'none' || shows === 'nothing' || shows === 'options') return null;
    if (SKIPPED.has(localName(element)) || captions.has(element)) return null;
    const cell = cells.get(element);
    if (cell !== undefined) {
      writer.openCell(cell);
      return () => {
        writer.closeCell();
      };
    }
    const inline = inlineOf(element, name);
    if (inline !== undefined) return inline;
    if (display === 'inline' || display === 'contents' || display === 'atomic') return NOTHING;
    return blockOf(element, name);
  }

  function inlineOf(element: Element, name: string): (() => void) | null | undefined {
    const mark = MARKS.get(name);
    if (mark !== undefined) return marked(writer.openMark({ type: mark }));
    if (name === 'a') {
      const href = attributeValue(element, 'href');
      const target = href === null ? null : resolve(href);
      if (target === null || !LINKABLE.test(target)) return NOTHING;
      return marked(writer.openMark({ type: 'link', url: target, title: line(attributeValue(element, 'title')) }));
    }
    if (name === 'br') {
      writer.lineBreak();
      return null;
    }
    if (CODE.has(name)) {
      const value = line(descendantText(element));
      if (value !== null) writer.inline({ type: 'inlineCode', value });
      return null;
    }
    return undefined;
  }

  function marked(isOpen: boolean): () => void {
    return isOpen
      ? (): void => {
          writer.closeMark();
        }
      : NOTHING;
  }

  function blockOf(element: Element, name: string): (() => void) | null {
    const heading = /^h([1-6])$/.exec(name)?.[1];
    if (heading !== undefined) {
      const isOpen = writer.openHeading(Number(heading) as 1 | 2 | 3 | 4 | 5 | 6);
      return () => {
        if (isOpen) writer.closeHeading();
        else writer.endLine();
      };
    }
    if (name === 'pre' || name === 'listing' || name === 'plaintext' || name === 'xmp') {
      const value = preformatted(element);
      if (value.trim() !== '') writer.block({ type: 'code', lang: languageOf(element), value }, value);
      return null;
    }
    if (name === 'hr') {
      writer.block({ type: 'thematicBreak' }, '');
      return null;
    }
    if (name === 'blockquote') return contained(writer.openContainer({ type: 'blockquote', children: [] }));
    if (name === 'ul' || name === 'menu' || name === 'dir') {
      return contained(writer.openContainer({ type: 'list', ordered: false, spread: false, children: [] }));
    }
    if (name === 'ol') {
      const start = Number(/^\s*(\d{1,9})\s*$/.exec(attributeValue(element, 'start') ?? '')?.[1] ?? 1);
      return contained(writer.openContainer({ type: 'list', ordered: true, start, spread: false, children: [] }));
    }
    if (name === 'li') return contained(writer.openContainer({ type: 'listItem', spread: false, children: [] }));
    if (name === 'dt') {
      writer.endLine();
      const close = marked(writer.openMark({ type: 'strong' }));
      return () => {
        close();
        writer.endLine();
      };
    }
    if (name === 'table') openTable(element);
    else writer.endLine();
    return () => {
      writer.endLine();
    };
  }

  function contained(isOpen: boolean): () => void {
    return () => {
      if (isOpen) writer.closeContainer();
      else writer.endLine();
    };
  }

  /** A table of data becomes one; of any other, the cells are blocks. */
  function openTable(element: Element): void {
    writer.endLine();
    if (!isDataTable(element)) return;
    const grid = formTable(element, url);
    if (grid.columns < 2) return;
    if (grid.caption !== null) {
      writer.text(renderedText(grid.caption));
      captions.add(grid.caption);
      writer.endLine();
    }
    // The first row is the head of a table in Markdown; where there is none, an empty one.
    const head = grid.headerRows > 0 ? 0 : 1;
    const table = emptyTable(grid.rows + head, grid.columns);
    for (const { element: cell, row, column } of grid.cells) {
      const slot = table.children[row + head]?.children[column];
      if (slot !== undefined) cells.set(cell, slot);
    }
    writer.block(table, '');
  }

  function image(element: Element): void {
    const alt = line(attributeValue(element, 'alt')) ?? '';
    const source = attributeValue(element, 'src');
    const target = source === null || source === '' ? null : resolve(source);
    if (target !== null && LINKABLE.test(target)) {
      writer.inline({ type: 'image', url: target, alt, title: line(attributeValue(element, 'title')) });
    } else if (alt !== '') {
      writer.text(alt);
    }
  }

  let node: ChildNode | null = following(root, root);
  while (node !== null) {
    for (let last = open.at(-1); last !== undefined && node.parent !== last.element; last = open.at(-1)) {
      last.leave();
      open.pop();
    }
    let isSkipped = false;
    if (isTag(node)) {
      const leave = enter(node);
      isSkipped = leave === null;
      if (leave !== null) open.push({ element: node, leave });
    } else if (isText(node)) {
      writer.text(node.data);
    }
    node = following(node, root, isSkipped);
  }
  for (const { leave } of open.reverse()) leave();
  return writer.root;
}

const NOTHING = (): void => undefined;

const MARKS: ReadonlyMap<string, 'strong' | 'emphasis' | 'delete'> = new Map([
  ['b', 'strong'],
  ['strong', 'strong'],
  ['i', 'emphasis'],
  ['em', 'emphasis'],
  ['s', 'delete'],
  ['strike', 'delete'],
  ['del', 'delete'],
]);
const CODE: ReadonlySet<string> = new Set(['code', 'kbd', 'samp', 'tt']);
/** Controls, and pictures that are drawn. */
const SKIPPED: ReadonlySet<string> = new Set(['svg', 'button']);
const LINKABLE = /^(?:https?|ftp|mailto|tel):/;

/** On one line; null where there is nothing. */
function line(text: string | null): string | null {
  const words = text?.replace(/\s+/g, ' ').trim() ?? '';
  return words === '' ? null : words;
}

function preformatted(element: Element): string {
  let text = '';
  for (let node = following(element, element); node !== null; node = following(node, element)) {
    if (isText(node)) text += node.data;
    else if (isTag(node) && isHtmlElement(node, 'br')) text += '\n';
  }
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

/** The programming language that a class names, of the element, of the code in it or of what it is in. */
function languageOf(pre: Element): string | null {
  const code = pre.children.filter(isTag).find((child) => isHtmlElement(child, 'code'));
  const { parent } = pre;
  const around = parent !== null && isTag(parent) ? parent : undefined;
  for (const element of [code, pre, around]) {
    const classes = element === undefined ? '' : (attributeValue(element, 'class') ?? '');
    const language = /(?:^|\s)(?:language|lang|highlight-source|highlight-text)-([\w+#.-]{1,40})(?:\s|$)/i.exec(classes)?.[1];
    if (language !== undefined) return asciiLowercase(language);
  }
  return null;
}

/** Tables lay pages out, too: those that hold tables, that say so, or that have but one column. */
function isDataTable(table: Element): boolean {
  const role = attributeValue(table, 'role');
  if (role === 'presentation' || role === 'none') return false;
  for (const element of descendantElements(table)) if (isHtmlElement(element, 'table')) return false;
  return true;
}
