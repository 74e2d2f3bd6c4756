import type { JSX } from 'preact';
import { marked } from '../target-text.tsx';

/** Strings (a name where a colon follows), numbers and words; what stands between is punctuation. */
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;

/** JSON in colours, as text: nothing of it becomes markup. */
export function Json({ text }: { text: string }): JSX.Element {
  const pieces: (string | JSX.Element)[] = [];
  let at = 0;
  for (const found of text.matchAll(TOKENS)) {
    const [whole, string, colon] = found;
    pieces.push(text.slice(at, found.index));
    at = found.index + whole.length;
    const kind = string === undefined ? (/^[tfn]/.test(whole) ? 'word' : 'number') : colon === undefined ? 'string' : 'name';
    pieces.push(<span class={`json-${kind}`}>{marked(string ?? whole)}</span>);
    if (colon !== undefined) pieces.push(colon);
  }
  pieces.push(text.slice(at));
  return <code>{pieces}</code>;
}
