import type { Entry } from './columns.ts';
import { csvHeader, csvRow } from './csv.ts';
import { htmlRow } from './html-table.ts';
import type { EntriesFormat } from './list-format.ts';

/** A list as text is gathered in pieces of so many code units. */
const PIECE = 64 * 1024;

/** How the entries of a list are written. */
export interface ListForm {
  format: EntriesFormat;
  /** The member of the answer that is the list. */
  member: string;
  /** Dotted names, for the formats that are tables. */
  columns: readonly string[];
}

/**
 * The entries of a list in a format, as bytes of UTF-8; of HTML the rows alone. `onTooLarge` makes the error where they would be more than
 * `maxBytes`, which it is thrown at while they are written.
 */
export function writeEntries(
  entries: readonly Entry[],
  { format, columns }: Pick<ListForm, 'format' | 'columns'>,
  maxBytes: number,
  onTooLarge: () => Error,
): Buffer {
  const pieces: Buffer[] = [];
  let bytes = 0;
  let piece = format === 'csv' ? csvHeader(columns) : '';
  const flush = (): void => {
    const written = Buffer.from(piece);
    bytes += written.length;
    if (bytes > maxBytes) throw onTooLarge();
    pieces.push(written);
    piece = '';
  };
  for (const entry of entries) {
    piece += WRITERS[format](entry, columns);
    if (piece.length > PIECE) flush();
  }
  flush();
  return Buffer.concat(pieces);
}

const WRITERS: Readonly<Record<EntriesFormat, (entry: Entry, columns: readonly string[]) => string>> = {
  csv: csvRow,
  ndjson: (entry) => `${JSON.stringify(entry)}\n`,
  html: htmlRow,
};
