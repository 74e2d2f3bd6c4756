/** One link of a `Link` field. */
export interface FieldLink {
  /** The target as written, not resolved. */
  href: string;
  /** Parameters by their names in lower case; of one that is repeated the first. `title*` is decoded and stands under `title`. */
  parameters: ReadonlyMap<string, string>;
}

/**
 * The links of a `Link` field's value, in order. What follows a part that cannot be read is passed over, as the RFC's parser does.
 * https://www.rfc-editor.org/rfc/rfc8288#appendix-B.2
 */
export function parseLinkField(value: string): FieldLink[] {
  const links: FieldLink[] = [];
  let at = skip(value, 0, LIST_SPACE);
  while (value[at] === '<') {
    const end = value.indexOf('>', at);
    if (end === -1) break;
    const parameters = new Map<string, string>();
    const href = value.slice(at + 1, end);
    at = readParameters(value, end + 1, parameters);
    const extended = extendedValue(parameters.get('title*'));
    if (extended !== null) parameters.set('title', extended);
    links.push({ href, parameters });
    at = skip(value, at, LIST_SPACE);
  }
  return links;
}

const SPACE = ' \t';
const LIST_SPACE = ' \t,';

function skip(text: string, start: number, characters: string): number {
  let at = start;
  while (at < text.length && characters.includes(text.charAt(at))) at++;
  return at;
}

function readParameters(value: string, start: number, parameters: Map<string, string>): number {
  let at = skip(value, start, SPACE);
  while (value[at] === ';') {
    at = skip(value, at + 1, SPACE);
    const nameEnd = until(value, at, ' \t=;,');
    const name = value.slice(at, nameEnd).toLowerCase();
    at = skip(value, nameEnd, SPACE);
    let content = '';
    if (value[at] === '=') {
      at = skip(value, at + 1, SPACE);
      [content, at] = value[at] === '"' ? quotedString(value, at) : token(value, at);
    }
    if (name !== '' && !parameters.has(name)) parameters.set(name, content);
    at = skip(value, at, SPACE);
  }
  return at;
}

function until(text: string, start: number, characters: string): number {
  let at = start;
  while (at < text.length && !characters.includes(text.charAt(at))) at++;
  return at;
}

function token(text: string, start: number): [content: string, end: number] {
  const end = until(text, start, ';,');
  return [text.slice(start, end).trim(), end];
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4 */
function quotedString(text: string, start: number): [content: string, end: number] {
  const pieces: string[] = [];
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') at++;
    pieces.push(text.charAt(at++));
  }
  return [pieces.join(''), at + 1];
}

/** `UTF-8'en'%C3%A9` → `é`; null for another encoding or none. https://www.rfc-editor.org/rfc/rfc8187#section-3.2 */
function extendedValue(written: string | undefined): string | null {
  const encoded = /^utf-8'[^']*'(.*)$/is.exec(written ?? '')?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
