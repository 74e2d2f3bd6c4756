import type { Task, TaskAnswer } from '../tasks/task.ts';
import type { ScannedPage } from './link-scanner.ts';
import { links } from './links.ts';
import type { LinksOptions } from './links.args.ts';
import { headText, outline } from './outline.ts';
import { answerOf, documentOf, type ViewFacts, type ViewInput } from './parse-task.ts';

/** Bytes of content that are scanned at once: that takes a few milliseconds, whatever they are. */
const MOST_BYTES = 2 * 1024 * 1024;
/** `<` in it. */
const MOST_MARKS = 40_000;
/** Characters of a head. */
const MOST_HEAD = 64 * 1024;
/** Links that are described at once. */
const MOST_LINKS = 5000;
/** Characters that they may have together: a base URL or a heading that is long is part of each. */
const MOST_CHARACTERS = 500_000;

/**
 * Answers a task here where that is cheaper than telling another process of it, and cannot take long: the links or the outline of a document of
 * moderate size that can be scanned. Null for every other task.
 */
export function inlineAnswer({ name, input, bytes: [content, ...rest] }: Task): TaskAnswer<ViewFacts> | null {
  if ((name !== 'links' && name !== 'outline') || content === undefined || rest.length > 0 || content.byteLength > MOST_BYTES) return null;
  const view = input as ViewInput;
  const options = view.options as LinksOptions;
  // Other elements are not scanned for, and a regular expression may match anywhere.
  if (name === 'links' && (options.method !== 'parser' || options.element !== undefined || options.include !== undefined)) return null;
  const document = documentOf(view, Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  const scanned = document.scan({ marks: MOST_MARKS, text: MOST_CHARACTERS });
  if (
    scanned === null ||
    scanned.links.length > MOST_LINKS ||
    charactersOf(scanned, document.url ?? document.baseUrl ?? '') > MOST_CHARACTERS
  )
    return null;
  // A head is parsed as a tree: one without an end is as long as it may be.
  if (name === 'outline' && headText(document).length > MOST_HEAD) return null;
  const model = name === 'links' ? links(document, options) : outline(document);
  const { facts, bytes } = answerOf(model, 'total' in model ? model.total : model.links.length, view);
  return { facts, pieces: [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)], isCheap: true };
}

/** What the links of a page would have together, each with its base URL and the heading before it. */
function charactersOf({ links, baseHref }: ScannedPage, url: string): number {
  const base = url.length + (baseHref?.length ?? 0);
  return links.reduce(
    (sum, { href, text, title, rel, heading }) =>
      sum + base + href.length + text.length + (title?.length ?? 0) + (rel?.length ?? 0) + (heading?.text.length ?? 0),
    0,
  );
}
