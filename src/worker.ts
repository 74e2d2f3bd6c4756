import { move } from 'piscina';
import { links } from './parse/links.ts';
import { answerTask, defineView, type ParseReply, type ParseTask } from './parse/parse-task.ts';
import { select } from './parse/select.ts';
import { tags } from './parse/tags.ts';
import { wordCount } from './wordcount/words.ts';

/** The views that read a document. A new one is a line here. */
const VIEWS = {
  links: defineView(links, ({ total }) => total),
  select: defineView(select, ({ total }) => total),
  tags: defineView(tags, ({ total }) => total),
  wordcount: defineView(wordCount, ({ distinct }) => distinct),
};

/** What a thread does with a task; the bytes of the answer are handed over, not copied. */
export default function run(task: ParseTask): ParseReply {
  const reply = answerTask(VIEWS, task);
  if (reply.json !== undefined) move(reply.json.buffer as ArrayBuffer);
  return reply;
}
