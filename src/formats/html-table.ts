import { createHash } from 'node:crypto';
import { cellOf, type Entry } from './columns.ts';

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;margin:1.5rem;color:#1c2430;background:#fff}table{border-collapse:collapse}' +
  'th,td{padding:.3rem .6rem;border:1px solid #d5dae1;text-align:left;vertical-align:top;max-width:30rem;overflow-wrap:anywhere}' +
  'th{background:#f2f4f7;overflow-wrap:normal}a{color:#0b5cad}' +
  '@media(prefers-color-scheme:dark){body{color:#dde3ea;background:#14181d}th{background:#1e242b}th,td{border-color:#38414b}a{color:#7ab8f5}}';

/**
 * What a browser may do with a page of {@link htmlStart}: show it, in an origin of its own. Nothing runs and nothing loads; links may be opened in a
 * new window. https://www.w3.org/TR/CSP3/
 */
export const TABLE_POLICY =
  `sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What stands before the rows: a page that says what it shows, and the names of the columns. */
export function htmlStart(title: string, columns: readonly string[]): string {
  const names = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>` +
    `<style>${STYLE}</style></head>\n<body><h1>${escapeHtml(title)}</h1>\n<table><thead><tr>${names}</tr></thead>\n<tbody>\n`
  );
}

/** An entry as a row. What it has under `url` is a link where it leads to a page, a mailbox or a telephone. */
export function htmlRow(entry: Entry, columns: readonly string[]): string {
  const cells = columns.map((column) => `<td dir="auto">${cellHtml(column, String(cellOf(entry, column)))}</td>`);
  return `<tr>${cells.join('')}</tr>\n`;
}

/** What stands after the rows: how many entries there are, and where the next ones are. */
export function htmlEnd(total: number, next: string | null): string {
  const more = next === null ? '' : ` <a rel="next" href="${escapeHtml(next)}">Next</a>`;
  return `</tbody></table>\n<p>${String(total)} in all.${more}</p></body></html>\n`;
}

/** No `javascript:` and no `data:`, nor anything that a browser hands to another program. */
const CLICKABLE = /^(https?:\/\/|mailto:|tel:)/i;

function cellHtml(column: string, cell: string): string {
  const text = escapeHtml(cell);
  const isUrl = /(^|\.)url$|Url$/.test(column) && CLICKABLE.test(cell) && URL.canParse(cell);
  return isUrl ? `<a rel="noreferrer noopener" href="${text}">${text}</a>` : text;
}

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For text and for attribute values in double quotes. https://html.spec.whatwg.org/multipage/parsing.html#escapingString */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character);
}
