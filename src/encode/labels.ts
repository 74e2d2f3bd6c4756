import { labelToName } from '@exodus/bytes/encoding.js';

/**
 * The encoding that a label names, as the standard spells it (`Shift_JIS`, `windows-1252`, `UTF-16LE`), or null where no
 * encoding has that label. ASCII whitespace around the label and its letter case do not count.
 *
 * https://encoding.spec.whatwg.org/#concept-encoding-get
 */
export function getEncoding(label: string): string | null {
  return labelToName(label);
}

/**
 * The encoding that a label stands for inside an XML declaration: whoever can read it as ASCII is not reading UTF-16, so
 * that name means UTF-8.
 *
 * https://html.spec.whatwg.org/multipage/parsing.html#concept-get-xml-encoding-when-sniffing
 */
export function getXmlEncoding(label: string): string | null {
  const name = getEncoding(label);
  return name === 'UTF-16LE' || name === 'UTF-16BE' ? 'UTF-8' : name;
}

/**
 * The encoding that a label stands for inside a `<meta>`: as in an XML declaration, and x-user-defined means windows-1252.
 *
 * https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
 */
export function getMetaEncoding(label: string): string | null {
  const name = getXmlEncoding(label);
  return name === 'x-user-defined' ? 'windows-1252' : name;
}
