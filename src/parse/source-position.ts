/** Where something stands in the decoded text. Null where it has no place there. */
export interface SourcePosition {
  /** From 1; CRLF, CR and LF each end a line, as in HTML's input stream. */
  line: number | null;
  /** From 1, in UTF-16 code units. */
  column: number | null;
  /** From 0, in UTF-16 code units. */
  offset: number | null;
}

/** Prepares a text once and answers the position of any offset in it in logarithmic time. */
export function createPositions(text: string): (offset: number | null) => SourcePosition {
  const lineStarts = startsOfLines(text);
  return (offset) => {
    if (offset === null) return { line: null, column: null, offset: null };
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1, offset };
  };
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (feed !== -1 || carriage !== -1) {
    if (carriage === -1 || (feed !== -1 && feed < carriage)) {
      starts.push(feed + 1);
      feed = text.indexOf('\n', feed + 1);
    } else {
      if (feed === carriage + 1) feed = text.indexOf('\n', feed + 1);
      starts.push(text[carriage + 1] === '\n' ? carriage + 2 : carriage + 1);
      carriage = text.indexOf('\r', carriage + 1);
    }
  }
  return starts;
}
