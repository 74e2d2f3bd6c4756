import { type DeclaredLabel, GREATER_THAN, latin1 } from './markup-bytes.ts';

/**
 * The label in the XML declaration that begins at `start` (behind a byte order mark), or null. Whether it names an
 * encoding is for the caller to find out. The search ends with the declaration, as in WebKit and Chromium.
 *
 * https://html.spec.whatwg.org/multipage/parsing.html#concept-get-xml-encoding-when-sniffing
 */
export function xmlDeclaration(bytes: Uint8Array, start: number): DeclaredLabel | null {
  if (latin1(bytes, start, start + 5) !== '<?xml') return null;
  const end = bytes.indexOf(GREATER_THAN, start);
  if (end < 0) return null;
  const declaration = latin1(bytes, start, end);
  const word = declaration.indexOf('encoding');
  if (word < 0) return null;
  const equals = skipWhite(declaration, word + 'encoding'.length);
  if (declaration[equals] !== '=') return null;
  const opening = skipWhite(declaration, equals + 1);
  const quote = declaration[opening];
  if (quote !== '"' && quote !== "'") return null;
  const closing = declaration.indexOf(quote, opening + 1);
  if (closing < 0) return null;
  const label = declaration.slice(opening + 1, closing);
  return Array.from(label).some((character) => character <= ' ') ? null : { label, offset: start + opening + 1 };
}

/** Every character up to the space counts as white here. */
function skipWhite(text: string, position: number): number {
  let at = position;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

/**
 * The UTF-16 that the first characters of an XML declaration betray without a byte order mark, or null.
 *
 * https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding (step 3)
 */
export function utf16XmlDeclaration(bytes: Uint8Array): 'UTF-16LE' | 'UTF-16BE' | null {
  const opening = latin1(bytes, 0, 6);
  if (opening === '<\0?\0x\0') return 'UTF-16LE';
  return opening === '\0<\0?\0x' ? 'UTF-16BE' : null;
}
