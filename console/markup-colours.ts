/** A piece of a line, and what it is: nothing in particular where it is text. */
export interface Piece {
  kind: '' | 'tag' | 'name' | 'value' | 'comment' | 'raw';
  text: string;
}

/** Tags, comments, declarations, and what stands between; a tag's attributes are taken apart afterwards. */
const MARKUP = /<!--[^]*?(?:-->|$)|<[!?][^>]*>?|<\/?[a-zA-Z][^\s/>]*(?:"[^"]*"|'[^']*'|[^'">])*>?/g;
const ATTRIBUTE = /([^\s"'<>/=]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'=<>`]+)|([^\s"'<>/=]+)/g;
/** Their content is no markup. */
const RAW = /^<(script|style|textarea|title)\b/i;

/** A text of more characters stays as it is: so many pieces would hold the page. */
const MOST_COLOURED = 3_000_000;

/** The lines of a text in colours: to be looked at, and no parser; what a tag is, the server says. */
export function coloured(text: string, isMarkup: boolean): Piece[][] {
  const lines: Piece[][] = [[]];
  const put = (kind: Piece['kind'], all: string): void => {
    all.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      const piece = part.replace(/\r$/, '');
      if (piece !== '') lines.at(-1)?.push({ kind, text: piece });
    });
  };
  if (!isMarkup || text.length > MOST_COLOURED) {
    put('', text);
    return lines;
  }
  const lower = text.toLowerCase();
  let at = 0;
  MARKUP.lastIndex = 0;
  for (let found = MARKUP.exec(text); found !== null; found = MARKUP.exec(text)) {
    const [tag] = found;
    put('', text.slice(at, found.index));
    if (/^<[!?]/.test(tag)) put('comment', tag);
    else putTag(tag, put);
    at = found.index + tag.length;
    const raw = RAW.exec(tag)?.[1];
    if (raw !== undefined) {
      const end = lower.indexOf(`</${raw.toLowerCase()}`, at);
      put('raw', text.slice(at, end === -1 ? undefined : end));
      at = end === -1 ? text.length : end;
      MARKUP.lastIndex = at;
    }
  }
  put('', text.slice(at));
  return lines;
}

function putTag(tag: string, put: (kind: Piece['kind'], text: string) => void): void {
  const name = /^<\/?[^\s/>]*/.exec(tag)?.[0] ?? '';
  put('tag', name);
  let at = name.length;
  ATTRIBUTE.lastIndex = at;
  for (let found = ATTRIBUTE.exec(tag); found !== null; found = ATTRIBUTE.exec(tag)) {
    const [whole, attribute = '', equals = '', value = '', alone = ''] = found;
    put('tag', tag.slice(at, found.index));
    put('name', attribute + alone);
    put('tag', equals);
    put('value', value);
    at = found.index + whole.length;
  }
  put('tag', tag.slice(at));
}
