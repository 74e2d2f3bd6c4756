import type { Task, TaskAnswer } from '../tasks/task.ts';
import { links } from './links.ts';
import type { LinksOptions } from './links.args.ts';
import { answerOf, documentOf, type ViewFacts, type ViewInput } from './parse-task.ts';

/** Bytes of content that are scanned at once: that takes a few milliseconds, whatever they are. */
const MOST_BYTES = 1024 * 1024;
/** Links that are described at once. */
const MOST_LINKS = 2000;

/**
 * Answers a task here where that is cheaper than telling another process of it, and cannot take long: the links of a document of
 * moderate size that can be scanned. Null for every other task.
 */
export function inlineAnswer({ name, input, bytes: [content, ...rest] }: Task): TaskAnswer<ViewFacts> | null {
  if (name !== 'links' || content === undefined || rest.length > 0 || content.byteLength > MOST_BYTES) return null;
  const view = input as ViewInput;
  const options = view.options as LinksOptions;
  // Other elements are not scanned for, and a regular expression may match anywhere.
  if (options.method !== 'parser' || options.element !== undefined || options.include !== undefined) return null;
  const document = documentOf(view, Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  const { scanned } = document;
  if (scanned === null || scanned.links.length > MOST_LINKS) return null;
  const model = links(document, options);
  const { facts, bytes } = answerOf(model, model.total, view);
  return { facts, pieces: [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)] };
}
