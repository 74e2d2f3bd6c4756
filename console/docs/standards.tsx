import type { JSX } from 'preact';
import text from 'virtual:standards';
import { Markdown } from './markdown.tsx';

/** Which standard rules what, in the README's words. */
export default function StandardsPart(): JSX.Element {
  return (
    <article class="prose">
      <h1 tabIndex={-1}>Standards</h1>
      {/* Its first line is the title above. */}
      <Markdown text={text.replace(/^## .*\n/, '')} />
    </article>
  );
}
