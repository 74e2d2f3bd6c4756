import '@exodus/bytes/encoding.js'; // The multi-byte encodings.
import { percentEncodeAfterEncoding } from '@exodus/bytes/whatwg.js';

/**
 * Resolves a URL as written in a document; null where it cannot be parsed. Its query is percent-encoded in the document's encoding, the
 * rest in UTF-8. Leading and trailing C0 controls and spaces, and tabs and newlines within, are removed as the URL Standard says.
 * `encoding` is a name of the Encoding Standard. https://html.spec.whatwg.org/multipage/urls-and-fetching.html#encoding-parsing-a-url
 */
export function encodingParseUrl(written: string, baseUrl: string | null, encoding: string): URL | null {
  const url = URL.parse(written, baseUrl ?? undefined);
  if (url === null || WRITTEN_AS_UTF_8.has(encoding) || !takesEncoding(url) || !NON_ASCII.test(written)) return url;
  // The standard's parser reaches the query at the first question mark before the fragment, whatever stands before it.
  const [, beforeQuery = '', query = '', fragment = ''] = QUERY.exec(stripC0ControlsAndSpaces(written)) ?? [];
  if (!NON_ASCII.test(query)) return url;
  // Tabs and newlines are not there for the standard's parser; what it finds encoded it leaves alone.
  const encoded = percentEncodeAfterEncoding(encoding, query.replace(/[\t\n\r]/g, ''), SPECIAL_QUERY);
  return URL.parse(`${beforeQuery}?${encoded}${fragment}`, baseUrl ?? undefined);
}

const QUERY = /^([^?#]*)\?([^#]*)(.*)$/s;
// eslint-disable-next-line no-control-regex -- ASCII begins with the controls.
const NON_ASCII = /[^\x00-\x7f]/;

/** Without a regular expression, which would try every run of spaces for the one at the end. */
function stripC0ControlsAndSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

/** Other schemes than these encode their query in UTF-8. https://url.spec.whatwg.org/#query-state */
function takesEncoding({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:' || protocol === 'ftp:' || protocol === 'file:';
}

/** https://url.spec.whatwg.org/#special-query-percent-encode-set, without the C0 controls and what is not ASCII */
const SPECIAL_QUERY = ` "#'<>`;

/** UTF-8, and what is written as UTF-8 in its place. https://encoding.spec.whatwg.org/#get-an-output-encoding */
const WRITTEN_AS_UTF_8: ReadonlySet<string> = new Set(['UTF-8', 'UTF-16LE', 'UTF-16BE', 'replacement']);
