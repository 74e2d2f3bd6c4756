import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { ListRequest } from '../api/list-request.decorator.ts';
import { invalidParameter } from '../api/problem.ts';
import { TABLE_POLICY } from '../formats/html-table.ts';
import { acceptedFormat, LIST_FORMATS, type ListFormat } from '../formats/list-format.ts';
import { currentOwner } from './current-owner.ts';
import type { JobAnswers, JobModel, ResultsWanted } from './job-answers.service.ts';

/** How the answer to the creation of a job comes. */
interface CreationForm {
  wait: number;
  stream: boolean;
}

/** Refuses what cannot be both, before anything is taken on. */
export function checkForm({ wait, stream }: CreationForm, webhook?: { secret?: string }): void {
  if (stream && webhook !== undefined && webhook.secret === undefined)
    throw invalidParameter('webhook.secret', 'is required beside stream, whose answer has no place for one that is made');
  if (wait > 0 && stream) throw invalidParameter('wait', 'is given in place of stream, not beside it');
}

/** Answers the creation of a job: at once, when it is finished, or result by result. `path` is where jobs of its kind are. */
export async function sendCreated<Model extends JobModel>(
  reply: FastifyReply,
  answers: JobAnswers<Model>,
  created: Model,
  { wait, stream }: CreationForm,
  path: string,
  here: string,
): Promise<void> {
  const owner = currentOwner();
  const location = new URL(`/${path}/${created.id}`, here);
  void reply.header('Location', location.pathname);
  if (stream) {
    await reply
      .code(200)
      .type(LIST_FORMATS.ndjson.contentType)
      .send(Readable.from(answers.lines(created.id, owner)));
    return;
  }
  const { webhook } = created;
  const told = webhook === undefined ? {} : { webhook };
  const model = wait === 0 ? created : { ...(await answers.find(created.id, owner, wait)), ...told };
  void reply.type(LIST_FORMATS.json.contentType);
  if (model.finishedAt === null) await reply.code(202).send(JSON.stringify(model));
  else
    await reply.code(200).send(await answers.results(created.id, owner, { offset: 0, sort: 'arrival' }, `${location.href}/results`, told));
}

/** Answers results in the format that is asked for. */
export async function sendResults<Model extends JobModel>(
  reply: FastifyReply,
  answers: JobAnswers<Model>,
  id: string,
  { format: given, ...wanted }: ResultsWanted & { format?: ListFormat },
  asked: ListRequest,
): Promise<void> {
  const owner = currentOwner();
  const format = given ?? acceptedFormat(asked.accept);
  const total = await answers.total(id, owner);
  const { contentType, disposition, extension } = LIST_FORMATS[format];
  asked.answerWith({ 'Content-Type': contentType, 'Pagewire-Total': String(total) });
  if (format === 'json') {
    await reply.send(await answers.results(id, owner, wanted, asked.url));
    return;
  }
  void reply.headers({
    'Content-Security-Policy': format === 'html' ? TABLE_POLICY : "sandbox; default-src 'none'",
    'Content-Disposition': `${disposition ?? 'attachment'}; filename="results.${extension}"`,
  });
  await reply.send(Readable.from(answers.written(id, total, wanted, format)));
}

/** Answers what becomes of a job, from one event on: `last` is what the browser knows, and wins. */
export async function sendEvents<Model extends JobModel>(
  reply: FastifyReply,
  answers: JobAnswers<Model>,
  id: string,
  after: number,
  last: string | undefined,
): Promise<void> {
  const owner = currentOwner();
  await answers.job(id, owner);
  const from = last !== undefined && /^\d{1,9}$/.test(last) ? Number(last) : after;
  void reply.headers({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  await reply.send(Readable.from(answers.serverSent(id, owner, from)));
}
