import { computedMIMEType, MIMEType } from 'whatwg-mimetype';
import { type HeaderField, utf8Value } from './field-lines.ts';

/** How content can be read: as a document, as text, or as bytes alone. */
export type ContentKind = 'html' | 'xml' | 'json' | 'text' | 'binary';

/** What a content is. */
export interface MediaType {
  /** Type and subtype, lower case: `text/html`. */
  essence: string;
  /** The charset parameter, as it stands there. */
  charset: string | null;
  kind: ContentKind;
  /** Nothing was declared that can be parsed: the type was found by looking at the content. */
  isSniffed: boolean;
}

/** Types outside `text/` that are text all the same. */
const TEXTUAL = new Set([
  'application/javascript',
  'application/ecmascript',
  'application/x-javascript',
  'application/x-ndjson',
  'application/ndjson',
  'application/graphql',
  'application/x-www-form-urlencoded',
  'application/yaml',
  'application/x-yaml',
  'application/toml',
  'application/sql',
  'application/x-sh',
]);

/**
 * What a content is: as declared (the last valid `Content-Type` counts, as in Fetch, "extract a MIME type"), otherwise
 * sniffed. https://mimesniff.spec.whatwg.org/#mime-type-sniffing-algorithm
 */
export function mediaTypeOf(headers: readonly HeaderField[], content: Uint8Array): MediaType {
  const declared = declaredType(headers);
  const type = declared ?? computedMIMEType(content);
  return { essence: type.essence, charset: type.parameters.get('charset') ?? null, kind: kindOf(type), isSniffed: declared === null };
}

function declaredType(headers: readonly HeaderField[]): MIMEType | null {
  let declared: MIMEType | null = null;
  for (const { name, value } of headers) {
    if (name.toLowerCase() !== 'content-type') continue;
    const type = MIMEType.parse(utf8Value(value));
    if (type !== null && type.essence !== '*/*') declared = type;
  }
  return declared;
}

function kindOf(type: MIMEType): ContentKind {
  if (type.isHTML()) return 'html';
  if (type.isXML()) return 'xml';
  if (type.subtype === 'json' || type.subtype.endsWith('+json')) return 'json';
  return type.type === 'text' || TEXTUAL.has(type.essence) || type.isJavaScript() ? 'text' : 'binary';
}
