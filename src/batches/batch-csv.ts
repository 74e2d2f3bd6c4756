import { parse } from 'csv-parse/sync';

/**
 * The URLs of a list in CSV (RFC 4180): those of the column `url` where the first line names one, else the first field of each line. Lines
 * without one are passed over.
 *
 * @param most - how many are read: one more tells that there are too many
 * @returns the URLs, or in words why it is no such list
 */
export function urlsOfCsv(text: string, most: number): string[] | { fault: string } {
  let lines: string[][];
  try {
    lines = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true, to: most + 1 });
  } catch (error) {
    return { fault: `is no CSV: ${(error as Error).message}` };
  }
  const [first = []] = lines;
  const column = first.findIndex((name) => name.toLowerCase() === 'url');
  const entries = column < 0 ? lines : lines.slice(1);
  const urls = entries.map((fields) => fields[Math.max(0, column)] ?? '').filter((url) => url !== '');
  return urls.length === 0 ? { fault: 'has no URL in it' } : urls;
}
