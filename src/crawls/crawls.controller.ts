import { Body, Controller, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersGet } from '../api/answer.decorator.ts';
import { trimmed } from '../api/fields.ts';
import { AsksForList, type ListRequest } from '../api/list-request.decorator.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { BatchCreationArgs, BatchEventsArgs } from '../batches/batch.args.ts';
import { AnswersEvents, AnswersResults, CreatesJob, type JobContract, RemovesJob } from '../jobs/job-answer.decorator.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import { checkForm, sendCreated, sendEvents, sendResults } from '../jobs/job-replies.service.ts';
import { CrawlBody, CrawlPath, CrawlResultsArgs, CrawlsArgs, CrawlWaitArgs } from './crawl.args.ts';
import { Crawl, CrawlRemoval, CrawlResult, CrawlResultsAnswer, CrawlsAnswer } from './crawl.model.ts';
import { CRAWL_COLUMNS, CrawlsService } from './crawls.service.ts';

const JOB: JobContract = {
  path: 'crawls',
  one: 'crawl',
  model: Crawl,
  result: CrawlResult,
  results: CrawlResultsAnswer,
  removal: CrawlRemoval,
  summary: 'Retrieve and read a site',
  description:
    'Retrieves a page and what it links to, breadth first, within one origin or domain, as robots.txt (RFC 9309) and sitemaps say. Once it is answered, each page that it comes to has exactly one result, whatever ends meanwhile.',
  columns: CRAWL_COLUMNS,
};
const CRAWLS = { type: CrawlsAnswer, summary: 'The crawls', description: 'Newest first. With API keys, those of the key that asks.' };
const CRAWL = {
  type: Crawl,
  name: 'getCrawl',
  summary: 'How a crawl stands',
  description:
    'Its state, how many pages it knows and has results of, and what it passed over. With `wait`, as soon as it is finished, or when the time is over.',
};

@ApiTags('Crawls')
@Controller()
export class CrawlsController {
  constructor(private readonly crawls: CrawlsService) {}

  @CreatesJob(JOB)
  async create(
    @Body() body: CrawlBody,
    @Query() form: BatchCreationArgs,
    @RequestUrl() here: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    checkForm(form, body.webhook);
    await sendCreated(reply, this.crawls.answers, await this.crawls.create(body, currentOwner()), form, JOB.path, here);
  }

  @AnswersGet('crawls', CRAWLS)
  async list(@Query() { fields, ...args }: CrawlsArgs, @RequestUrl() here: string): Promise<object> {
    return trimmed(await this.crawls.list(args, currentOwner(), here), fields);
  }

  @AnswersGet('crawls/:id', CRAWL)
  async find(@Param() { id }: CrawlPath, @Query() { wait, fields }: CrawlWaitArgs): Promise<object> {
    return trimmed(await this.crawls.answers.find(id, currentOwner(), wait), fields);
  }

  @AnswersResults(JOB)
  results(
    @Param() { id }: CrawlPath,
    @Query() wanted: CrawlResultsArgs,
    @AsksForList() asked: ListRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendResults(reply, this.crawls.answers, id, wanted, asked);
  }

  @AnswersEvents(JOB)
  events(
    @Param() { id }: CrawlPath,
    @Query() { after }: BatchEventsArgs,
    @Headers('last-event-id') last: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendEvents(reply, this.crawls.answers, id, after, last);
  }

  @RemovesJob(JOB)
  remove(@Param() { id }: CrawlPath): Promise<CrawlRemoval> {
    return this.crawls.remove(id, currentOwner());
  }
}
