import { type Element, isTag } from 'domhandler';
import { ProblemError } from '../api/problem.ts';
import { attributeValue, isHtmlElement } from '../parse/tree.ts';

/** A cell and the slots that it covers; rows and columns count from 0. https://html.spec.whatwg.org/multipage/tables.html#concept-cell */
export interface GridCell {
  element: Element;
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
}

/** A table as its cells lie in it. https://html.spec.whatwg.org/multipage/tables.html#concept-table */
export interface TableGrid {
  caption: Element | null;
  rows: number;
  columns: number;
  /** In the order of the rows. */
  cells: readonly GridCell[];
  /** How many rows from the first on are headers: those of `thead`, or else those in which every cell is a `th`. */
  headerRows: number;
}

/** Slots that the cells of a table may cover; a few bytes of spans cover millions. */
const MAX_SLOTS = 1_000_000;

/**
 * Where the cells of an HTML table lie. A `rowspan` ends with its row group, as in browsers: rows that nobody wrote are not made. Throws
 * PARSE_LIMIT_EXCEEDED where the table would have more than a million slots.
 * https://html.spec.whatwg.org/multipage/tables.html#forming-a-table
 */
export function formTable(table: Element, url: string | null): TableGrid {
  const groups = rowGroups(table);
  const cells: GridCell[] = [];
  let columns = 0;
  let slots = 0;
  let first = 0;
  for (const { rows } of groups) {
    // Of each column, the first row that no cell from above covers.
    const freeFrom: number[] = [];
    for (const [index, row] of rows.entries()) {
      let column = 0;
      for (const element of row.children) {
        if (!isTag(element) || !(isHtmlElement(element, 'td') || isHtmlElement(element, 'th'))) continue;
        while ((freeFrom[column] ?? 0) > index) column++;
        const columnSpan = span(element, 'colspan', 1, 1_000);
        const wanted = span(element, 'rowspan', 0, 65_534);
        const rowSpan = wanted === 0 ? rows.length - index : Math.min(wanted, rows.length - index);
        slots += columnSpan * rowSpan;
        if (slots > MAX_SLOTS || (column + columnSpan) * (first + rows.length) > MAX_SLOTS) throw tooLarge(url);
        for (let covered = column; covered < column + columnSpan; covered++) {
          freeFrom[covered] = Math.max(freeFrom[covered] ?? 0, index + rowSpan);
        }
        cells.push({ element, row: first + index, column, rowSpan, columnSpan });
        column += columnSpan;
        columns = Math.max(columns, column);
      }
    }
    first += rows.length;
  }
  if (first * columns > MAX_SLOTS) throw tooLarge(url);
  return { caption: childNamed(table, 'caption'), rows: first, columns, cells, headerRows: headerRows(groups, cells) };
}

/** The texts of a table's slots, row by row: what a cell says it says in every slot that it covers; of two cells in a slot, the first. */
export function slotTexts({ rows, columns, cells }: TableGrid, textOf: (cell: GridCell) => string): string[][] {
  const slots = Array.from({ length: rows }, () => new Array<string | undefined>(columns).fill(undefined));
  for (const cell of cells) {
    const text = textOf(cell);
    for (const row of slots.slice(cell.row, cell.row + cell.rowSpan)) {
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++) row[column] ??= text;
    }
  }
  return slots.map((row) => row.map((text) => text ?? ''));
}

interface RowGroup {
  name: string;
  rows: Element[];
}

/** Rows by their groups, those of every `tfoot` last; rows that are in none make one of their own. */
function rowGroups(table: Element): RowGroup[] {
  const groups: RowGroup[] = [];
  const last: RowGroup[] = [];
  let loose: RowGroup | null = null;
  for (const child of table.children) {
    if (!isTag(child) || !isHtmlElement(child)) continue;
    if (isHtmlElement(child, 'tr')) {
      if (loose === null) groups.push((loose = { name: 'tr', rows: [] }));
      loose.rows.push(child);
    } else if (ROW_GROUPS.has(child.name)) {
      loose = null;
      const rows = child.children.filter((row) => isTag(row) && isHtmlElement(row, 'tr')) as Element[];
      (child.name === 'tfoot' ? last : groups).push({ name: child.name, rows });
    }
  }
  return [...groups, ...last];
}

const ROW_GROUPS: ReadonlySet<string> = new Set(['thead', 'tbody', 'tfoot']);

function headerRows(groups: readonly RowGroup[], cells: readonly GridCell[]): number {
  const first = groups.find(({ rows }) => rows.length > 0);
  if (first === undefined) return 0;
  if (first.name === 'thead') return first.rows.length;
  const isHeader = (row: number): boolean => {
    const inRow = cells.filter((cell) => cell.row === row);
    return inRow.length > 0 && inRow.every(({ element, rowSpan }) => rowSpan === 1 && isHtmlElement(element, 'th'));
  };
  return isHeader(0) && cells.some(({ row }) => row > 0) ? 1 : 0;
}

/** https://html.spec.whatwg.org/multipage/tables.html#algorithm-for-processing-rows, steps 8 and 9 */
function span(cell: Element, name: string, least: number, most: number): number {
  const value = /^[\t\n\f\r ]*\+?(\d+)/.exec(attributeValue(cell, name) ?? '')?.[1];
  if (value === undefined) return 1;
  const number = Number(value);
  return number < least ? 1 : Math.min(number, most);
}

function childNamed(table: Element, name: string): Element | null {
  return table.children.filter(isTag).find((child) => isHtmlElement(child, name)) ?? null;
}

function tooLarge(url: string | null): ProblemError {
  return new ProblemError(
    'PARSE_LIMIT_EXCEEDED',
    `A table of the document has more than ${String(MAX_SLOTS)} slots, its spans counted, and was not read.`,
    {
      phase: 'parse',
      url: url ?? undefined,
    },
  );
}
