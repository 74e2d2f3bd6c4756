import type { Exchange } from './exchange.ts';
import { combinedValue, firstValue, type HeaderField } from './field-lines.ts';

/** What belongs to a connection is not stored. RFC 9111, section 3.1. */
const CONNECTION_FIELDS = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];
/** What the stored content has been read by already. RFC 9111, section 3.2. */
const CONTENT_FIELDS = ['content-length', 'content-encoding', 'content-type', 'content-range'];

/**
 * The fields that ask an origin whether a stored response still holds; none where it has no validator.
 * https://www.rfc-editor.org/rfc/rfc9111#section-4.3.1
 */
export function conditionalFields({ headers }: Exchange): HeaderField[] {
  const etag = firstValue(headers, 'etag');
  const modified = firstValue(headers, 'last-modified');
  return [
    ...(etag === null || etag === '' ? [] : [{ name: 'If-None-Match', value: etag }]),
    ...(modified === null || modified === '' ? [] : [{ name: 'If-Modified-Since', value: modified }]),
  ];
}

/**
 * True for a 304 that is about the stored response. One without a validator is about the only one that was asked of.
 * https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4
 */
export function confirms({ status, headers }: Exchange, stored: Exchange): boolean {
  if (status !== 304) return false;
  const etag = firstValue(headers, 'etag');
  const storedEtag = firstValue(stored.headers, 'etag');
  if (etag !== null) return etag.startsWith('W/') ? etag.slice(2) === storedEtag?.replace(/^W\//, '') : etag === storedEtag;
  const modified = firstValue(headers, 'last-modified');
  return modified === null || modified === firstValue(stored.headers, 'last-modified');
}

/**
 * A stored response with the fields that a 304 brought anew. Its old `Age` and `Date` are of another day.
 * https://www.rfc-editor.org/rfc/rfc9111#section-3.2
 */
export function freshened(stored: Exchange, confirmation: Exchange): Exchange {
  const named = (combinedValue(confirmation.headers, 'connection') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const excluded = new Set([...CONNECTION_FIELDS, ...CONTENT_FIELDS, ...named]);
  const brought = confirmation.headers.filter(({ name }) => !excluded.has(name.toLowerCase()));
  const replaced = new Set(['age', 'date', ...brought.map(({ name }) => name.toLowerCase())]);
  return { ...stored, headers: [...stored.headers.filter(({ name }) => !replaced.has(name.toLowerCase())), ...brought] };
}
