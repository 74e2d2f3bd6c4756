/** An attribute as a start tag has it. Offsets in UTF-16 code units of the text. */
export interface SourceAttribute {
  /** As written. */
  name: string;
  start: number;
  /** Behind its value and the quote after that. */
  end: number;
  /** As written, without quotes; empty where it has none. */
  value: string;
  /** What stands around the value; empty for nothing. */
  quote: '"' | "'" | '';
  /** There is white space before or after the equals sign. */
  isSpaced: boolean;
  /** One of the same name, letter case ignored, came before. */
  isAgain: boolean;
}

/**
 * The attributes of the start tag that lies from `start` to `end` in a text, as they are written and in order, those that a parser drops included.
 * https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state
 */
export function sourceAttributes(text: string, start: number, end: number): SourceAttribute[] {
  const attributes: SourceAttribute[] = [];
  const names = new Set<string>();
  // The last one is the tag's own mark.
  const last = end - 1;
  const skip = (from: number, characters: string): number => {
    let at = from;
    while (at < last && characters.includes(text.charAt(at))) at++;
    return at;
  };
  const until = (from: number, characters: string): number => {
    let at = from;
    while (at < last && !characters.includes(text.charAt(at))) at++;
    return at;
  };
  let at = until(start + 1, NAME_ENDS);
  for (at = skip(at, BETWEEN); at < last; at = skip(at, BETWEEN)) {
    const nameStart = at;
    // An equals sign at its start is part of a name.
    const nameEnd = until(at + 1, `${NAME_ENDS}=`);
    const equals = skip(nameEnd, SPACES);
    const name = text.slice(nameStart, nameEnd);
    const key = name.toLowerCase();
    const known = { name, start: nameStart, isAgain: names.has(key) };
    names.add(key);
    if (text[equals] !== '=' || equals >= last) {
      attributes.push({ ...known, end: nameEnd, value: '', quote: '', isSpaced: false });
      at = nameEnd;
      continue;
    }
    const valueStart = skip(equals + 1, SPACES);
    const isSpaced = equals > nameEnd || valueStart > equals + 1;
    const quote = valueStart < last ? quoteAt(text, valueStart) : '';
    const valueEnd = until(valueStart + quote.length, quote === '' ? `${SPACES}>` : quote);
    at = valueEnd + quote.length;
    attributes.push({ ...known, end: at, value: text.slice(valueStart + quote.length, valueEnd), quote, isSpaced });
  }
  return attributes;
}

function quoteAt(text: string, at: number): '"' | "'" | '' {
  const character = text[at];
  return character === '"' || character === "'" ? character : '';
}

const SPACES = '\t\n\f\r ';
const BETWEEN = `${SPACES}/`;
const NAME_ENDS = `${SPACES}/>`;
