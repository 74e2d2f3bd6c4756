import type { Element } from 'domhandler';
import { isTag } from 'domhandler';
import { pageOf } from '../api/list-page.ts';
import { invalidParameter } from '../api/problem.ts';
import { csvCells } from '../formats/csv.ts';
import { type AnswerBudget, createAnswerBudget } from '../parse/answer-budget.ts';
import type { PageDocument } from '../parse/document.ts';
import { attributeValue, descendantElements, isHtmlElement } from '../parse/tree.ts';
import { formTable, slotTexts } from './table-grid.ts';
import type { TablesOptions } from './tables.args.ts';
import type { Table, Tables } from './tables.model.ts';
import { renderedText } from './visible-text.ts';

/**
 * The tables of a page, spans resolved. Throws NOT_A_DOCUMENT, and PARSE_LIMIT_EXCEEDED as soon as the answer would pass its limits, which
 * spans do with a few bytes.
 */
export function tables(document: PageDocument, options: TablesOptions): Tables {
  const found = tablesOf(document);
  const wanted = options.table === undefined ? found : found.slice(options.table, options.table + 1);
  const budget = createAnswerBudget(document.url);
  return {
    total: wanted.length,
    tables: pageOf(wanted, options).map((entry) => describe(document, entry, options.records, budget)),
  };
}

/**
 * One table as CSV, nothing of a page without any. Throws INVALID_REQUEST where it is not said which of several, and where there is none of that number; as
 * {@link tables} besides.
 */
export function tableCsv(document: PageDocument, options: TablesOptions): { table: string } {
  const found = tablesOf(document);
  if (options.table === undefined && found.length > 1) {
    throw invalidParameter('table', `says which of the ${String(found.length)} tables, from 0: CSV is of one`);
  }
  if (options.table === undefined && found.length === 0) return { table: '' };
  const entry = found[options.table ?? 0];
  if (entry === undefined) throw invalidParameter('table', `must be less than ${String(found.length)}: so many tables the page has`);
  const { headers, rows } = describe(document, entry, false, createAnswerBudget(document.url));
  return { table: (headers.length > 0 ? [headers, ...rows] : rows).map((row) => csvCells(row)).join('') };
}

/** A table, its number and that of the table that it is in. */
interface Entry {
  element: Element;
  index: number;
  parent: number | null;
}

function tablesOf({ tree }: PageDocument): Entry[] {
  const entries = new Map<Element, Entry>();
  for (const element of descendantElements(tree)) {
    if (isHtmlElement(element, 'table')) entries.set(element, { element, index: entries.size, parent: indexAround(element, entries) });
  }
  return [...entries.values()];
}

function indexAround(element: Element, entries: ReadonlyMap<Element, Entry>): number | null {
  for (let { parent } = element; parent !== null && isTag(parent); { parent } = parent) {
    const entry = entries.get(parent);
    if (entry !== undefined) return entry.index;
  }
  return null;
}

function describe(document: PageDocument, { element, index, parent }: Entry, asRecords: boolean, budget: AnswerBudget): Table {
  const grid = formTable(element, document.url);
  // A slot takes room where it is empty, too.
  const spend = (text: string): string => budget.spend(text + SLOT).slice(0, -SLOT.length);
  const texts = new Map(grid.cells.map((cell) => [cell, renderedText(cell.element, isTable)]));
  for (const [{ rowSpan, columnSpan }, text] of texts) for (let slot = 0; slot < rowSpan * columnSpan; slot++) spend(text);
  const slots = slotTexts(grid, (cell) => texts.get(cell) ?? '');
  const headers = grid.headerRows === 0 ? [] : headersOf(slots.slice(0, grid.headerRows), grid.columns).map(spend);
  const rows = slots.slice(grid.headerRows);
  const summary = attributeValue(element, 'summary');
  return {
    caption: grid.caption === null ? null : spend(renderedText(grid.caption, isTable)),
    summary: summary === null ? null : spend(summary),
    parent,
    columns: grid.columns,
    headerRows: grid.headerRows,
    headers,
    rows,
    records: asRecords && headers.length > 0 ? recordsOf(headers, rows, spend) : null,
    position: { index, ...document.position(element.startIndex) },
  };
}

/** As many bytes as a slot takes besides its text. */
const SLOT = ' '.repeat(8);

function isTable(element: Element): boolean {
  return isHtmlElement(element, 'table');
}

/** What the header rows say of each column: a header over several rows once. */
function headersOf(rows: readonly string[][], columns: number): string[] {
  return Array.from({ length: columns }, (_, column) => {
    const words = rows.map((row) => row[column] ?? '').filter((word) => word !== '');
    return words.filter((word, index) => word !== words[index - 1]).join(' ');
  });
}

function recordsOf(headers: readonly string[], rows: readonly string[][], spend: (text: string) => string): Record<string, string>[] {
  const times = new Map<string, number>();
  const names = headers.map((header, column) => {
    const name = header === '' ? `column ${String(column + 1)}` : header;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return time === 1 ? name : `${name} (${String(time)})`;
  });
  return rows.map((row) => Object.fromEntries(names.map((name, column) => [name, spend(name + (row[column] ?? '')).slice(name.length)])));
}
