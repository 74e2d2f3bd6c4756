import { htmlEnd, htmlStart, TABLE_POLICY } from '../formats/html-table.ts';
import { LIST_FORMATS, type ListFormat } from '../formats/list-format.ts';
import type { ListForm } from '../formats/list-writer.ts';
import { TEXT_FORMATS, type TextFormat } from '../formats/text-format.ts';
import type { Snapshot } from '../fetch/snapshot.ts';
import { MOST_URL, snapshotHeaders } from '../fetch/snapshot-headers.ts';

/**
 * The header fields of a list in a format. But for JSON, which says it itself, they tell of the target (null for an inline document), and
 * keep a browser from running what a page made of them. `total` counts the entries of the whole list, `next` is the URL of its next part.
 */
export function listHeaders(
  format: ListFormat,
  member: string,
  snapshot: Snapshot | null,
  total: number,
  next: string | null,
): Record<string, string> {
  const { contentType, extension, disposition } = LIST_FORMATS[format];
  const paging = {
    'Content-Type': contentType,
    'Pagewire-Total': String(total),
    // Clients refuse heads that are too large.
    ...(next !== null && next.length <= MOST_URL && { Link: `<${next}>; rel="next"` }),
  };
  if (disposition === null) return paging;
  const file = fileHeaders(disposition, `${member}.${extension}`, snapshot);
  return { ...file, ...(format === 'html' && { 'Content-Security-Policy': TABLE_POLICY }), ...paging };
}

/** The header fields of a text in a format, as {@link listHeaders} of a list. */
export function textHeaders(format: TextFormat, member: string, snapshot: Snapshot | null): Record<string, string> {
  const { contentType, extension, disposition } = TEXT_FORMATS[format];
  if (disposition === null) return { 'Content-Type': contentType };
  return { ...fileHeaders(disposition, `${member}.${extension}`, snapshot), 'Content-Type': contentType };
}

/** Of what is no JSON: where it comes from, that it runs nothing, and a name of a file for it. */
function fileHeaders(disposition: string, name: string, snapshot: Snapshot | null): Record<string, string> {
  const host = snapshot === null ? '' : `${new URL(snapshot.finalUrl).hostname.replace(/[^\w.-]/g, '_').slice(0, 100)}-`;
  return {
    ...(snapshot !== null && snapshotHeaders(snapshot)),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Content-Disposition': `${disposition}; filename="${host}${name}"`,
  };
}

/** The rows of a list as a page. `url` is the document's own; null for an inline one. */
export function asPage(
  { member, columns }: ListForm,
  url: string | null,
  rows: readonly Buffer[],
  total: number,
  next: string | null,
): Buffer[] {
  const title = `${member.charAt(0).toUpperCase()}${member.slice(1)} of ${url ?? 'a document'}`;
  return [Buffer.from(htmlStart(title, columns)), ...rows, Buffer.from(htmlEnd(total, next))];
}
