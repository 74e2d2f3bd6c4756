/**
 * Where the end tag of a script begins, or -1. `from` is a place at which the script is not yet escaped, such as its beginning.
 * Linear in the text. https://html.spec.whatwg.org/multipage/parsing.html#script-data-double-escaped-state
 */
export function endOfScript(text: string, from: number): number {
  const pattern = /<!--|-->|<(\/?)script[\t\n\f\r />]/gi;
  pattern.lastIndex = from;
  let state: 'plain' | 'escaped' | 'double' = 'plain';
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [found, solidus] = match;
    if (solidus === undefined) {
      // The dashes that begin it may end it: `<!-->`.
      if (found === '<!--') pattern.lastIndex = match.index + 2;
      if (found === '-->') state = 'plain';
      else if (state === 'plain') state = 'escaped';
    } else if (solidus === '/') {
      if (state !== 'double') return match.index;
      state = 'escaped';
    } else if (state === 'escaped') {
      state = 'double';
    }
  }
  return -1;
}
