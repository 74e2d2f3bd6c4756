import type { Blockquote, Heading, Link, List, ListItem, Paragraph, PhrasingContent, Root, RootContent, Table, TableCell } from 'mdast';

/** What holds blocks. */
type Container = Root | Blockquote | List | ListItem;

/** A line of text: what is in it is put together from several elements. */
type Line = Paragraph | Heading | TableCell;

/** What text may be besides text. One of each kind at a time. */
export type Mark = { type: 'strong' | 'emphasis' | 'delete' } | { type: 'link'; url: string; title: string | null };

type Marked = Extract<PhrasingContent, { type: Mark['type'] }>;

/** What holds texts and marks. */
interface Inline {
  children: PhrasingContent[];
}

/** Lists and quotes that are deeper go on in the deepest: a tree nests as deep as its page likes, and every level is indented. */
const MAX_NESTING = 50;

/**
 * Puts a Markdown tree together from blocks, marks and texts as a document has them, blocks within marks and white space anywhere.
 * https://github.com/syntax-tree/mdast
 */
export class MarkdownWriter {
  readonly root: Root = { type: 'root', children: [] };
  readonly #containers: Container[] = [this.root];
  #line: Line | null = null;
  #marks: Mark[] = [];
  /** The nodes of the first marks, where the line has them already. */
  #open: Marked[] = [];
  #space = false;
  #breaks = 0;

  /** Text whose white space collapses. */
  text(data: string): void {
    const words = data.replace(/[\t\n\f\r ]+/g, ' ');
    if (words.startsWith(' ')) this.#space = true;
    const text = words.slice(words.startsWith(' ') ? 1 : 0, words.endsWith(' ') ? -1 : undefined);
    if (text === '') return;
    this.inline({ type: 'text', value: text });
    this.#space = words.endsWith(' ');
  }

  /** Anything that stands in a line. */
  inline(node: PhrasingContent): void {
    const breaks = this.#breaks;
    // Two line breaks are how paragraphs were parted before there were any.
    if (breaks > 1 && this.#line?.type === 'paragraph') this.#closeLine();
    const line = (this.#line ??= this.#append({ type: 'paragraph', children: [] }));
    // What is between two marks belongs to neither.
    const between: Inline = this.#open.at(-1) ?? line;
    if (line.children.length > 0) {
      if (breaks > 0 && line.type === 'paragraph') between.children.push({ type: 'break' });
      else if (breaks > 0 || this.#space) addText(between, ' ');
    }
    this.#space = false;
    this.#breaks = 0;
    let parent = between;
    for (const mark of this.#marks.slice(this.#open.length)) {
      const last = parent.children.at(-1);
      // Two of a kind side by side would not be told apart from one.
      const opened = mark.type !== 'link' && last?.type === mark.type ? last : nodeOf(mark);
      if (opened !== last) parent.children.push(opened);
      this.#open.push(opened);
      parent = opened;
    }
    if (node.type === 'text') addText(parent, node.value);
    else parent.children.push(node);
  }

  lineBreak(): void {
    this.#space = false;
    this.#breaks += 1;
  }

  space(): void {
    this.#space = true;
  }

  /** False where the mark is there already. */
  openMark(mark: Mark): boolean {
    if (this.#marks.some(({ type }) => type === mark.type)) return false;
    this.#marks.push(mark);
    return true;
  }

  closeMark(): void {
    this.#marks.pop();
    this.#open = this.#open.slice(0, this.#marks.length);
  }

  /** A block begins or ends: no line goes on. In a heading or a cell, which have but one, its words are kept apart. */
  endLine(): void {
    if (this.#line !== null && this.#line.type !== 'paragraph') {
      this.#space = true;
      return;
    }
    this.#closeLine();
  }

  /** False in a line that has but one. */
  openHeading(depth: Heading['depth']): boolean {
    this.endLine();
    if (this.#line !== null) return false;
    this.#line = { type: 'heading', depth, children: [] };
    return true;
  }

  closeHeading(): void {
    const heading = this.#line;
    this.#closeLine();
    if (heading !== null && heading.children.length > 0) this.#append(heading as Heading);
  }

  openCell(cell: TableCell): void {
    this.#closeLine();
    this.#line = cell;
  }

  closeCell(): void {
    this.#closeLine();
  }

  /** A block that holds no other; in a heading or a cell only the text of it. */
  block(node: Exclude<RootContent, Paragraph>, text: string): void {
    this.endLine();
    if (this.#line === null) this.#append(node);
    else this.text(` ${text} `);
  }

  /** False where it is left out: in a line that has but one, or too deep. */
  openContainer(node: Blockquote | List | ListItem): boolean {
    this.endLine();
    if (this.#line !== null || this.#containers.length >= MAX_NESTING) return false;
    if (node.type === 'listItem') this.#listForItem().children.push(node);
    else this.#append(node);
    this.#containers.push(node);
    return true;
  }

  closeContainer(): void {
    this.endLine();
    const closed = this.#containers.pop();
    if (closed === undefined) return;
    if (closed.type === 'listItem') closed.spread = closed.children.filter(({ type }) => type === 'paragraph').length > 1;
    if (closed.type === 'list') closed.spread = closed.children.some(({ spread }) => spread === true);
    if (closed.children.length > 0 || closed.type === 'listItem') return;
    const parent = this.#containers.at(-1) ?? this.root;
    if (parent.children.at(-1) === closed) parent.children.pop();
  }

  #closeLine(): void {
    this.#line = null;
    this.#open = [];
    this.#space = false;
    this.#breaks = 0;
  }

  /** To the innermost container; what is in a list and in none of its items goes to the last one. */
  #append<Node extends RootContent>(node: Node): Node {
    const container = this.#containers.at(-1) ?? this.root;
    const parent = container.type === 'list' ? lastItem(container) : container;
    (parent.children as RootContent[]).push(node);
    return node;
  }

  /** An item that is in no list makes one, or goes on with the one before. */
  #listForItem(): List {
    const container = this.#containers.at(-1) ?? this.root;
    if (container.type === 'list') return container;
    const before = container.children.at(-1);
    if (before?.type === 'list') return before;
    return this.#append({ type: 'list', ordered: false, spread: false, children: [] });
  }
}

function lastItem(list: List): ListItem {
  const last = list.children.at(-1);
  if (last !== undefined) return last;
  const item: ListItem = { type: 'listItem', spread: false, children: [] };
  list.children.push(item);
  return item;
}

function addText(parent: Inline, value: string): void {
  const last = parent.children.at(-1);
  if (last?.type === 'text') last.value += value;
  else parent.children.push({ type: 'text', value });
}

function nodeOf(mark: Mark): Marked {
  if (mark.type !== 'link') return { type: mark.type, children: [] };
  const link: Link = { type: 'link', url: mark.url, title: mark.title, children: [] };
  return link;
}

/** A table of so many rows and columns, and its cells by their slots. */
export function emptyTable(rows: number, columns: number): Table {
  const cell = (): TableCell => ({ type: 'tableCell', children: [] });
  return {
    type: 'table',
    align: [],
    children: Array.from({ length: rows }, () => ({ type: 'tableRow', children: Array.from({ length: columns }, cell) })),
  };
}
