import { Readable } from 'node:stream';
import { Body, Controller, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersGet } from '../api/answer.decorator.ts';
import { trimmed } from '../api/fields.ts';
import { AsksForList, type ListRequest } from '../api/list-request.decorator.ts';
import { invalidParameter } from '../api/problem.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import { acceptedFormat, LIST_FORMATS } from '../formats/list-format.ts';
import { TABLE_POLICY } from '../formats/html-table.ts';
import { AnswersEvents, AnswersResults, CreatesBatch, RemovesBatch } from './batch-answer.decorator.ts';
import { BatchBody, BatchCreationArgs, BatchesArgs, BatchEventsArgs, BatchPath, BatchResultsArgs, BatchWaitArgs } from './batch.args.ts';
import { Batch, BatchesAnswer, type BatchRemoval } from './batch.model.ts';
import { BatchesService } from './batches.service.ts';

const BATCHES = { type: BatchesAnswer, summary: 'The batches', description: 'Newest first. With API keys, those of the key that asks.' };
const BATCH = {
  type: Batch,
  name: 'getBatch',
  summary: 'How a batch stands',
  description: 'Its state and how many of its URLs have a result. With `wait`, as soon as it is finished, or when the time is over.',
};

const JSON_TYPE = LIST_FORMATS.json.contentType;

@ApiTags('Batches')
@Controller()
export class BatchesController {
  constructor(private readonly batches: BatchesService) {}

  @CreatesBatch()
  async create(
    @Body() body: BatchBody,
    @Query() { wait, stream }: BatchCreationArgs,
    @RequestUrl() here: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (wait > 0 && stream) throw invalidParameter('wait', 'is given in place of stream, not beside it');
    if (stream && body.webhook !== undefined && body.webhook.secret === undefined)
      throw invalidParameter('webhook.secret', 'is required beside stream, whose answer has no place for one that is made');
    const owner = currentOwner();
    const created = await this.batches.create(body, owner);
    const location = new URL(`/batches/${created.id}`, here);
    void reply.header('Location', location.pathname);
    if (stream) {
      const lines = Readable.from(this.batches.lines(created.id, owner));
      await reply.code(200).type(LIST_FORMATS.ndjson.contentType).send(lines);
      return;
    }
    const { webhook } = created;
    const batch = wait === 0 ? created : { ...(await this.batches.find(created.id, owner, wait)), webhook };
    void reply.type(JSON_TYPE);
    if (batch.finishedAt === null) await reply.code(202).send(JSON.stringify(batch));
    else await reply.code(200).send(await this.batches.results(batch, { offset: 0, sort: 'arrival' }, `${location.href}/results`));
  }

  @AnswersGet('batches', BATCHES)
  async list(@Query() { fields, ...args }: BatchesArgs, @RequestUrl() here: string): Promise<object> {
    return trimmed(await this.batches.list(args, currentOwner(), here), fields);
  }

  @AnswersGet('batches/:id', BATCH)
  async find(@Param() { id }: BatchPath, @Query() { wait, fields }: BatchWaitArgs): Promise<object> {
    return trimmed(await this.batches.find(id, currentOwner(), wait), fields);
  }

  @AnswersResults('batches/:id/results')
  async results(
    @Param() { id }: BatchPath,
    @Query() { format: given, ...wanted }: BatchResultsArgs,
    @AsksForList() asked: ListRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format = given ?? acceptedFormat(asked.accept);
    const batch = await this.batches.find(id, currentOwner());
    const { contentType, disposition, extension } = LIST_FORMATS[format];
    const total = String(batch.counts.succeeded + batch.counts.failed);
    asked.answerWith({ 'Content-Type': contentType, 'Pagewire-Total': total });
    if (format === 'json') {
      await reply.send(await this.batches.results(batch, wanted, asked.url));
      return;
    }
    const policy = format === 'html' ? TABLE_POLICY : "sandbox; default-src 'none'";
    void reply.headers({
      'Content-Security-Policy': policy,
      'Content-Disposition': `${disposition ?? 'attachment'}; filename="results.${extension}"`,
    });
    await reply.send(Readable.from(this.batches.written(batch, wanted, format)));
  }

  @AnswersEvents('batches/:id/events')
  async events(
    @Param() { id }: BatchPath,
    @Query() { after }: BatchEventsArgs,
    @Headers('last-event-id') last: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const owner = currentOwner();
    await this.batches.find(id, owner);
    const from = last !== undefined && /^\d{1,9}$/.test(last) ? Number(last) : after;
    void reply.headers({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    await reply.send(Readable.from(this.batches.serverSent(id, owner, from)));
  }

  @RemovesBatch('batches/:id')
  remove(@Param() { id }: BatchPath): Promise<BatchRemoval> {
    return this.batches.remove(id, currentOwner());
  }
}
