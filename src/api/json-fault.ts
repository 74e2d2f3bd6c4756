/**
 * The offset, in UTF-16 code units, of the first character that cannot stand where it does in a JSON text; the text's length where it ends
 * too early, and null where nothing is wrong. `JSON.parse` says where for some mistakes alone. https://www.rfc-editor.org/rfc/rfc8259
 */
export function firstJsonFault(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = skipSpace(text, 0);
  for (; at < text.length; at = skipSpace(text, at)) {
    const character = text.charAt(at);
    if (expected === 'value' || expected === 'value or ]') {
      if (character === ']' && expected === 'value or ]') {
        open.pop();
        expected = 'comma';
        at++;
      } else if (character === '{' || character === '[') {
        open.push(character);
        expected = character === '{' ? 'name or }' : 'value or ]';
        at++;
      } else {
        const scalar = character === '"' ? stringEnd(text, at) : wordEnd(text, at);
        if (scalar.fault !== null) return scalar.fault;
        at = scalar.end;
        expected = 'comma';
      }
    } else if (expected === 'name' || expected === 'name or }') {
      if (character === '}' && expected === 'name or }') {
        open.pop();
        expected = 'comma';
        at++;
      } else {
        if (character !== '"') return at;
        const name = stringEnd(text, at);
        if (name.fault !== null) return name.fault;
        at = skipSpace(text, name.end);
        if (text[at] !== ':') return at;
        at++;
        expected = 'value';
      }
    } else {
      const within = open.at(-1);
      if (within === undefined) return at;
      if (character === ',') expected = within === '{' ? 'name' : 'value';
      else if (character === (within === '{' ? '}' : ']')) open.pop();
      else return at;
      at++;
    }
  }
  return expected === 'comma' && open.length === 0 ? null : text.length;
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'comma';

/** Where a scalar ends, or the offset of what is wrong with it. */
type Scalar = { end: number; fault: null } | { end: null; fault: number };

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at++;
  return at;
}

function stringEnd(text: string, start: number): Scalar {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return { end: at + 1, fault: null };
    if (character < ' ') return { end: null, fault: at };
    if (character !== '\\') continue;
    const escaped = /["\\/bfnrt]|u[0-9a-f]{4}/iy;
    escaped.lastIndex = at + 1;
    const length = escaped.exec(text)?.[0].length;
    if (length === undefined || /[BFNRTU]/.test(text.charAt(at + 1))) return { end: null, fault: Math.min(at + 1, text.length) };
    at += length;
  }
  return { end: null, fault: text.length };
}

function wordEnd(text: string, start: number): Scalar {
  const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  word.lastIndex = start;
  return word.test(text) ? { end: word.lastIndex, fault: null } : { end: null, fault: start };
}
