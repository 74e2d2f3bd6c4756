import { Injectable } from '@nestjs/common';
import { invalidParameter, isProblemError, type ParameterError, ProblemError } from '../api/problem.ts';
import { currentUnderWay } from '../api/under-way.ts';
import { parseTargetUrl } from '../fetch/target-url.ts';
import { JobAnswers } from '../jobs/job-answers.service.ts';
import type { Job } from '../jobs/job-store.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import { newSecret, webhookAnswer, WebhooksService } from '../webhooks/webhooks.service.ts';
import { urlsOfCsv } from './batch-csv.ts';
import { BATCH, type BatchOptions } from './batch-work.service.ts';
import { BATCH_VIEW_NAMES, type BatchViewName } from './batch-views.ts';
import { type BatchBody, MAX_URLS } from './batch.args.ts';
import type { Batch, BatchesAnswer, BatchRemoval } from './batch.model.ts';
import type { AskedViews } from './page-work.service.ts';

/** Characters of a URL. */
const LONGEST_URL = 8192;
/** Wrong URLs that one refusal names. */
const MOST_NAMED = 100;
/** What a batch is created of. */
type BatchRequest = Omit<BatchBody, 'views'> & { views?: Partial<Record<BatchViewName, object | boolean>> | undefined };

/** The columns of results as a table. */
const COLUMNS = ['index', 'url', 'state', 'status', 'finalUrl', 'fetchedAt', 'snapshot', 'problem.code', 'problem.detail'];

@Injectable()
export class BatchesService {
  readonly answers: JobAnswers<Batch>;

  constructor(
    private readonly jobs: JobsService,
    private readonly webhooks: WebhooksService,
  ) {
    const describe = (all: readonly Job[]): Promise<Batch[]> => Promise.resolve(all.map((job) => batchOf(job)));
    this.answers = new JobAnswers(jobs, { kind: BATCH, describe, columns: COLUMNS });
  }

  /**
   * Takes a batch on: once this returns, each of its URLs will have a result, whatever ends meanwhile.
   *
   * @param owner - whose it is: the key, or nobody's in particular
   * @throws ProblemError `INVALID_REQUEST` that names the URLs that are none; `QUOTA_EXCEEDED`, `DATABASE_UNAVAILABLE`
   */
  async create(request: BatchRequest, owner: string): Promise<Batch> {
    const { urls, csv, views = {}, concurrency, perOriginDelayMs, webhook: hook, ...target } = request;
    const webhook = this.webhooks.webhookOf(hook, BATCH, owner);
    const items = itemsOf(urls, csv);
    const options: BatchOptions = { target, views: askedViews(views) };
    const caller = currentUnderWay()?.caller ?? '';
    const plan = { kind: BATCH, owner, caller, concurrency, delayMs: perOriginDelayMs, options: JSON.stringify(options), items, webhook };
    return batchOf(await this.jobs.create(plan), newSecret(hook, webhook));
  }

  /** Batches of an owner, newest first. `here` is the URL that was asked. */
  async list(page: { offset: number; limit?: number | undefined }, owner: string, here: string | null): Promise<BatchesAnswer> {
    const { total, models, next } = await this.answers.list(page, owner, here);
    return { total, batches: models, next };
  }

  /**
   * Ends a batch that is not finished; deletes one that is.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async remove(id: string, owner: string): Promise<BatchRemoval> {
    const { done, job } = await this.answers.remove(id, owner);
    return { done, batch: job };
  }
}

/** The views that are asked for: over the graph, `true` stands for one without options. */
export function askedViews(views: Partial<Record<BatchViewName, object | boolean>>): AskedViews {
  const asked = BATCH_VIEW_NAMES.flatMap((name) => {
    const options = views[name];
    return options === undefined || options === false ? [] : [[name, options === true ? {} : options] as const];
  });
  return Object.fromEntries(asked);
}

/** The URLs of a request, each with its origin. */
function itemsOf(urls: readonly string[] | undefined, csv: string | undefined): { url: string; origin: string }[] {
  if ((urls === undefined) === (csv === undefined)) throw invalidParameter('urls', 'is required: exactly one of urls and csv is given');
  const listed = urls ?? (csv === undefined ? [] : urlsOfCsv(csv, MAX_URLS));
  if ('fault' in listed) throw invalidParameter('csv', listed.fault);
  if (listed.length > MAX_URLS) throw invalidParameter('csv', `must have at most ${String(MAX_URLS)} URLs`);
  const faults: ParameterError[] = [];
  const items = listed.map((url, index) => {
    try {
      if (url.length > LONGEST_URL) throw invalidParameter('url', `has more than ${String(LONGEST_URL)} characters`);
      return { url, origin: parseTargetUrl(url).origin };
    } catch (error) {
      if (!isProblemError(error)) throw error;
      const message = error.errors[0]?.message ?? error.message;
      faults.push({ parameter: `urls[${String(index)}]`, message: `${message}: ${JSON.stringify(url.slice(0, 200))}` });
      return { url, origin: '' };
    }
  });
  if (faults.length === 0) return items;
  const named = faults.slice(0, MOST_NAMED);
  const more = faults.length > named.length ? `; and ${String(faults.length - named.length)} more` : '';
  const first = named[0];
  const detail = `${String(faults.length)} of the ${String(listed.length)} URLs cannot be retrieved, and nothing was begun: ${first?.parameter ?? ''} ${first?.message ?? ''}${more}`;
  throw new ProblemError('INVALID_REQUEST', detail, { errors: named });
}

/** A job as it is answered; with the secret that was made for its webhook, where nobody has been told of it yet. */
function batchOf(job: Job, secret: string | null = null): Batch {
  const { id, state, total, succeeded, failed, cancelled, concurrency, delayMs, bytes } = job;
  const { views } = JSON.parse(job.options) as BatchOptions;
  return {
    id,
    state,
    counts: { total, pending: total - succeeded - failed - cancelled, succeeded, failed, cancelled },
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
    expiresAt: job.expiresAt?.toISOString() ?? null,
    views: Object.keys(views),
    concurrency,
    perOriginDelayMs: delayMs,
    resultBytes: bytes,
    webhook: webhookAnswer(job.webhook, secret),
  };
}
