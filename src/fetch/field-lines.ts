/** One header field as it stood on the wire: letter case kept, one entry a line. */
export interface HeaderField {
  name: string;
  value: string;
}

/** Field names and values in turn, as undici gives them, to fields in order. Bytes are read as latin1, so that none is lost. */
export function fieldsFromRaw(raw: readonly (Buffer | string)[]): HeaderField[] {
  const fields: HeaderField[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    fields.push({ name: latin1(raw[index]), value: withoutOws(latin1(raw[index + 1])) });
  }
  return fields;
}

/** White space around a value is not part of it. RFC 9110, section 5.5. */
function withoutOws(value: string): string {
  return /^[ \t]|[ \t]$/.test(value) ? value.replace(/^[ \t]+/, '').replace(/(?<![ \t])[ \t]+$/, '') : value;
}

function latin1(text: Buffer | string | undefined): string {
  return typeof text === 'string' ? text : (text?.toString('latin1') ?? '');
}

/** The fields of a request head that was sent, without its request line. */
export function fieldsFromHead(head: string): HeaderField[] {
  return head
    .split('\r\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
    });
}

/** The value of the first field of this name (case-insensitive), or null. */
export function firstValue(fields: readonly HeaderField[], name: string): string | null {
  const wanted = name.toLowerCase();
  return fields.find((field) => field.name.toLowerCase() === wanted)?.value ?? null;
}

/** All values of a field, joined by a comma as RFC 9110, section 5.3 allows, or null when there is none. */
export function combinedValue(fields: readonly HeaderField[], name: string): string | null {
  const wanted = name.toLowerCase();
  const values = fields.filter((field) => field.name.toLowerCase() === wanted).map((field) => field.value);
  return values.length === 0 ? null : values.join(', ');
}

/** A value whose bytes are UTF-8, as browsers read a `Location`; latin1 where they are not. */
export function utf8Value(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return value;
  }
}
