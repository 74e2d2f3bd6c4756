import { answerTooLarge, MAX_ANSWER_BYTES } from '../tasks/answer-limit.ts';
import { problemReply } from '../tasks/serve-tasks.ts';
import type { TaskFunction } from '../tasks/task.ts';
import { pickAsked } from './asked.ts';
import type { PageDocument } from './document.ts';
import { createExplore } from './element-graph.ts';
import { type Ask, type AskOutcome, documentOf, type View, type ViewInput } from './parse-task.ts';

/** What another process does with a {@link passTask}: reads every view off one document, one after the other. */
export function passFunction(views: Readonly<Record<string, View>>): TaskFunction {
  return async (input: ViewInput, content: Buffer) => {
    const document = documentOf(input, content);
    const outcomes: AskOutcome[] = [];
    const pieces: Buffer[] = [];
    for (const ask of input.options as readonly Ask[]) {
      try {
        const { outcome, json } = await answered(document, views, ask);
        outcomes.push(outcome);
        pieces.push(json);
      } catch (error) {
        // One that fails is no matter of the others.
        outcomes.push(problemReply(error));
      }
    }
    return { facts: outcomes, bytes: Buffer.concat(pieces) };
  };
}

async function answered(
  document: PageDocument,
  views: Readonly<Record<string, View>>,
  { view, options, asked }: Ask,
): Promise<{ outcome: AskOutcome; json: Buffer }> {
  const known = views[view];
  if (known === undefined) throw new Error(`no view is called ${view}`);
  const model = await known.read(document, options as never);
  const { value, ...counts } = pickAsked(model, asked, createExplore(document));
  const json = Buffer.from(JSON.stringify(value));
  if (json.length > MAX_ANSWER_BYTES) throw answerTooLarge();
  return { outcome: { kind: 'answer', bytes: json.length, ...counts }, json };
}
