/** Collects text as it would be laid out in lines: white space collapsed, and no more line breaks between blocks than the larger of them wants. */
export interface TextLayout {
  /** Text whose white space collapses. */
  collapsed(text: string): void;
  /** Text as it is written. */
  preserved(text: string): void;
  /** A box in the line that has no text: white space on either side of it does not meet. */
  box(): void;
  /** A box in the line whose text is laid out apart begins. */
  openBox(): void;
  /** It ends. */
  closeBox(): void;
  /** A tab or a line feed, with no white space around it. */
  mark(mark: '\t' | '\n'): void;
  /** At least this many line feeds between what was and what comes; none at the start and the end. */
  requireLineBreaks(count: number): void;
  finish(): string;
}

/** https://drafts.csswg.org/css-text/#white-space-phase-1, and how innerText counts required line breaks. */
export function createTextLayout(): TextLayout {
  let output = '';
  // Line feeds due before the next text, whether a space is, and whether anything stands in the line that it begins or goes on with.
  let lineBreaks = 0;
  let space = false;
  let isLineEmpty = true;

  /** Writes what is due. */
  function settle(): void {
    if (lineBreaks > 0 && output !== '') output += '\n'.repeat(lineBreaks);
    if (space) output += ' ';
    lineBreaks = 0;
    space = false;
    isLineEmpty = false;
  }

  function box(): void {
    if (space) settle();
    isLineEmpty = false;
  }

  return {
    box,
    collapsed(text) {
      const words = /[\t\n\f\r]| {2}/.test(text) ? text.replace(/[\t\n\f\r ]+/g, ' ') : text;
      const start = words.startsWith(' ') ? 1 : 0;
      if (start === 1 && !isLineEmpty) space = true;
      if (words.length === start) return;
      settle();
      const end = words.endsWith(' ');
      output += words.slice(start, end ? -1 : undefined);
      space = end;
    },
    preserved(text) {
      if (text === '') return;
      settle();
      output += text;
      isLineEmpty = text.endsWith('\n');
    },
    openBox() {
      box();
      isLineEmpty = true;
    },
    closeBox() {
      space = false;
      isLineEmpty = false;
    },
    mark(mark) {
      space = false;
      settle();
      output += mark;
      isLineEmpty = true;
    },
    requireLineBreaks(count) {
      if (count === 0) return;
      lineBreaks = Math.max(lineBreaks, count);
      space = false;
      isLineEmpty = true;
    },
    finish: () => output,
  };
}
