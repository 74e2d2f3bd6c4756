import { Body, Controller, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersGet } from '../api/answer.decorator.ts';
import { trimmed } from '../api/fields.ts';
import { AsksForList, type ListRequest } from '../api/list-request.decorator.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { AnswersEvents, AnswersResults, CreatesJob, type JobContract, RemovesJob } from '../jobs/job-answer.decorator.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import { checkForm, sendCreated, sendEvents, sendResults } from '../jobs/job-replies.service.ts';
import { BatchBody, BatchCreationArgs, BatchesArgs, BatchEventsArgs, BatchPath, BatchResultsArgs, BatchWaitArgs } from './batch.args.ts';
import { Batch, BatchesAnswer, BatchRemoval, BatchResult, BatchResultsAnswer } from './batch.model.ts';
import { BatchesService } from './batches.service.ts';

const JOB: JobContract = {
  path: 'batches',
  one: 'batch',
  model: Batch,
  result: BatchResult,
  results: BatchResultsAnswer,
  removal: BatchRemoval,
  summary: 'Retrieve and read a list of URLs',
  description:
    'Takes up to 10,000 URLs on, to be retrieved and read in the background. Once it is answered, each of them will have exactly one result, whatever ends meanwhile. A list may also be sent as a file (`Content-Type: text/csv`), with everything else in the query. A list with a URL in it that is none is refused whole.',
  columns: ['index', 'url', 'state', 'status'],
};
const BATCHES = { type: BatchesAnswer, summary: 'The batches', description: 'Newest first. With API keys, those of the key that asks.' };
const BATCH = {
  type: Batch,
  name: 'getBatch',
  summary: 'How a batch stands',
  description: 'Its state and how many of its URLs have a result. With `wait`, as soon as it is finished, or when the time is over.',
};

@ApiTags('Batches')
@Controller()
export class BatchesController {
  constructor(private readonly batches: BatchesService) {}

  @CreatesJob(JOB)
  async create(
    @Body() body: BatchBody,
    @Query() form: BatchCreationArgs,
    @RequestUrl() here: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    checkForm(form, body.webhook);
    await sendCreated(reply, this.batches.answers, await this.batches.create(body, currentOwner()), form, JOB.path, here);
  }

  @AnswersGet('batches', BATCHES)
  async list(@Query() { fields, ...args }: BatchesArgs, @RequestUrl() here: string): Promise<object> {
    return trimmed(await this.batches.list(args, currentOwner(), here), fields);
  }

  @AnswersGet('batches/:id', BATCH)
  async find(@Param() { id }: BatchPath, @Query() { wait, fields }: BatchWaitArgs): Promise<object> {
    return trimmed(await this.batches.answers.find(id, currentOwner(), wait), fields);
  }

  @AnswersResults(JOB)
  results(
    @Param() { id }: BatchPath,
    @Query() wanted: BatchResultsArgs,
    @AsksForList() asked: ListRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendResults(reply, this.batches.answers, id, wanted, asked);
  }

  @AnswersEvents(JOB)
  events(
    @Param() { id }: BatchPath,
    @Query() { after }: BatchEventsArgs,
    @Headers('last-event-id') last: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendEvents(reply, this.batches.answers, id, after, last);
  }

  @RemovesJob(JOB)
  remove(@Param() { id }: BatchPath): Promise<BatchRemoval> {
    return this.batches.remove(id, currentOwner());
  }
}
