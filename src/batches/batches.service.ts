import { Injectable } from '@nestjs/common';
import { isWanted, trimmed } from '../api/fields.ts';
import { nextUrl } from '../api/next-url.ts';
import { invalidParameter, isProblemError, type ParameterError, ProblemError } from '../api/problem.ts';
import { currentUnderWay, unlessAborted } from '../api/under-way.ts';
import { parseTargetUrl } from '../fetch/target-url.ts';
import { csvHeader, csvRow } from '../formats/csv.ts';
import type { ListFormat } from '../formats/list-format.ts';
import { htmlEnd, htmlRow, htmlStart } from '../formats/html-table.ts';
import type { Job, KeptResult } from '../jobs/job-store.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import { MAX_ANSWER_BYTES } from '../tasks/answer-limit.ts';
import { webhookAnswer, WebhooksService } from '../webhooks/webhooks.service.ts';
import { urlsOfCsv } from './batch-csv.ts';
import { BATCH, type BatchOptions } from './batch-work.service.ts';
import { BATCH_VIEW_NAMES, type BatchViewName } from './batch-views.ts';
import { type BatchBody, MAX_URLS } from './batch.args.ts';
import type { Batch, BatchesAnswer, BatchRemoval, ResultOrder } from './batch.model.ts';

/** Characters of a URL. */
const LONGEST_URL = 8192;
/** Wrong URLs that one refusal names. */
const MOST_NAMED = 100;
/** Results that are read at a time, and bytes of them. */
const PART = { results: 500, bytes: 4 * 1024 * 1024 };
/** Milliseconds between two looks after a job that another process may work on. */
const LOOK_MS = 250;
/** Milliseconds without an event after which a stream says that it is alive. */
const ALIVE_MS = 15_000;

/** What a batch is created of. */
type BatchRequest = Omit<BatchBody, 'views'> & { views?: Partial<Record<BatchViewName, object | boolean>> | undefined };

/** Which results are wanted. */
export interface ResultsWanted {
  /** Members of the answer; all unless given. */
  fields?: readonly string[] | undefined;
  limit?: number | undefined;
  offset: number;
  sort: ResultOrder;
}

/** The columns of results as a table. */
const COLUMNS = ['index', 'url', 'state', 'status', 'finalUrl', 'fetchedAt', 'snapshot', 'problem.code', 'problem.detail'];

@Injectable()
export class BatchesService {
  constructor(
    private readonly jobs: JobsService,
    private readonly webhooks: WebhooksService,
  ) {}

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
    const asked = Object.fromEntries(
      BATCH_VIEW_NAMES.flatMap((name) => {
        const options = views[name];
        return options === undefined || options === false ? [] : [[name, options === true ? {} : options]];
      }),
    ) as BatchOptions['views'];
    const options: BatchOptions = { target, views: asked };
    const caller = currentUnderWay()?.caller ?? '';
    const plan = { kind: BATCH, owner, caller, concurrency, delayMs: perOriginDelayMs, options: JSON.stringify(options), items, webhook };
    return batchOf(await this.jobs.create(plan), hook?.secret === undefined ? (webhook?.secret ?? null) : null);
  }

  /** Batches of an owner, newest first. `here` is the URL that was asked. */
  async list(
    { offset, limit }: { offset: number; limit?: number | undefined },
    owner: string,
    here: string | null,
  ): Promise<BatchesAnswer> {
    const none = { total: 0, jobs: [] as Job[] };
    const { total, jobs } = await this.jobs.look(none, (store) => store.list(BATCH, owner, offset, limit ?? null));
    return { total, batches: jobs.map((job) => batchOf(job)), next: nextUrl(here, { limit, offset }, total) };
  }

  /**
   * A batch; after so many seconds at most, as soon as it is finished.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async find(id: string, owner: string, waitS = 0): Promise<Batch> {
    const endsAt = performance.now() + waitS * 1000;
    for (;;) {
      const job = await this.#job(id, owner);
      const leftMs = endsAt - performance.now();
      if (job.finishedAt !== null || leftMs <= 0) return batchOf(job);
      await unlessAborted(this.jobs.progress(id, Math.min(LOOK_MS, leftMs)), currentUnderWay()?.signal ?? null);
    }
  }

  /** Results as JSON, with the batch as it stands. `here` is the URL of its results. */
  async results(batch: Batch, wanted: ResultsWanted, here: string | null): Promise<string> {
    const { limit = MAX_URLS, offset, sort } = wanted;
    const total = batch.counts.succeeded + batch.counts.failed;
    const by = sort === 'index' ? 'index' : 'sequence';
    const bytes = await this.jobs.use((store) => store.resultBytes(batch.id, by, offset, limit));
    if (bytes > MAX_ANSWER_BYTES) {
      const detail = `the results are larger than ${String(MAX_ANSWER_BYTES)} bytes together; ask for fewer with limit (and offset for the rest), or with format=ndjson`;
      throw new ProblemError('PARSE_LIMIT_EXCEEDED', detail);
    }
    currentUnderWay()?.hold.grow(2 * bytes);
    const { fields } = wanted;
    const facts = JSON.stringify(trimmed({ total, next: nextUrl(here, wanted, total), batch }, fields)).slice(0, -1);
    if (!isWanted('results', fields)) return `${facts}}`;
    const answers: string[] = [];
    for await (const { answer } of this.#kept(batch.id, wanted, total)) answers.push(trimmedResult(answer, fields));
    return `${facts}${facts === '{' ? '' : ','}"results":[${answers.join(',')}]}`;
  }

  /** Results in another format, in pieces of text: all that are wanted, however large they are. */
  async *written(batch: Batch, wanted: ResultsWanted, format: Exclude<ListFormat, 'json'>): AsyncGenerator<string> {
    const total = batch.counts.succeeded + batch.counts.failed;
    const columns = columnsWanted(wanted.fields);
    if (format === 'csv') yield csvHeader(columns);
    if (format === 'html') yield htmlStart(`Results of ${batch.id}`, columns);
    for await (const { answer } of this.#kept(batch.id, wanted, total)) {
      if (format === 'ndjson') yield `${trimmedResult(answer, wanted.fields)}\n`;
      else yield (format === 'csv' ? csvRow : htmlRow)(JSON.parse(answer) as Record<string, unknown>, columns);
    }
    if (format === 'html') yield htmlEnd(total, null);
  }

  /** Each result as a line of JSON when it comes, to the last one. */
  async *lines(id: string, owner: string): AsyncGenerator<string> {
    for await (const event of this.#events(id, owner, 0)) if (event.result !== null) yield `${event.result.answer}\n`;
  }

  /** What becomes of a batch, as events: results by their sequence, and how it stands. https://html.spec.whatwg.org/#server-sent-events */
  async *serverSent(id: string, owner: string, after: number): AsyncGenerator<string> {
    for await (const { result, batch } of this.#events(id, owner, after)) {
      if (result !== null) yield `id: ${String(result.sequence)}\nevent: result\ndata: ${result.answer}\n\n`;
      else if (batch === null) yield ': still here\n\n';
      else yield `event: ${batch.finishedAt === null ? 'progress' : 'end'}\ndata: ${JSON.stringify(batch)}\n\n`;
    }
  }

  /**
   * Ends a batch that is not finished; deletes one that is.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async remove(id: string, owner: string): Promise<BatchRemoval> {
    const before = await this.#job(id, owner);
    if (before.finishedAt !== null) {
      await this.jobs.use((store) => store.delete(id));
      this.jobs.tell(id);
      return { done: 'deleted', batch: batchOf(before) };
    }
    await this.jobs.cancel(id);
    return { done: 'cancelled', batch: await this.find(id, owner) };
  }

  async #job(id: string, owner: string): Promise<Job> {
    const job = await this.jobs.look(null, (store) => store.find(id, owner));
    if (job?.kind === BATCH) return job;
    const detail = `there is no batch ${JSON.stringify(id)}: it has expired, was deleted, never was, or is of another API key`;
    throw new ProblemError('JOB_NOT_FOUND', detail);
  }

  /** Results that are there, part by part. */
  async *#kept(id: string, { limit = MAX_URLS, offset, sort }: ResultsWanted, total: number): AsyncGenerator<KeptResult> {
    const end = Math.min(total, offset + limit);
    for (let at = offset; at < end;) {
      const by = sort === 'index' ? 'index' : 'sequence';
      const part = await this.jobs.use((store) => store.results(id, by, at, Math.min(PART.results, end - at), PART.bytes));
      if (part.length === 0) return;
      yield* part;
      at += part.length;
    }
  }

  /** A result, how the batch stands where that has changed, or nothing but that time goes by. Ends with the batch. */
  async *#events(id: string, owner: string, after: number): AsyncGenerator<{ result: KeptResult | null; batch: Batch | null }> {
    let at = after;
    let told = '';
    let toldAt = performance.now();
    for (;;) {
      const job = await this.#job(id, owner);
      const batch = batchOf(job);
      const total = job.succeeded + job.failed;
      for await (const result of this.#kept(id, { offset: at, sort: 'arrival', limit: undefined }, total)) {
        at = result.sequence;
        toldAt = performance.now();
        yield { result, batch: null };
      }
      const stand = JSON.stringify([batch.state, batch.counts]);
      if (stand !== told) {
        told = stand;
        toldAt = performance.now();
        yield { result: null, batch };
      } else if (performance.now() - toldAt > ALIVE_MS) {
        toldAt = performance.now();
        yield { result: null, batch: null };
      }
      if (job.finishedAt !== null && at >= total) return;
      await unlessAborted(this.jobs.progress(id, LOOK_MS), currentUnderWay()?.signal ?? null);
    }
  }
}

/** A result with the members alone that are wanted of it. */
function trimmedResult(answer: string, fields: readonly string[] | undefined): string {
  if (fields === undefined) return answer;
  const { results } = trimmed({ results: JSON.parse(answer) as object }, fields) as { results?: object };
  return JSON.stringify(results ?? {});
}

/** The columns of a table of results: what `fields` name of them, also within their views. */
function columnsWanted(fields: readonly string[] | undefined): string[] {
  const named = (fields ?? []).flatMap((field) => (field.startsWith('results.') ? [field.slice('results.'.length)] : []));
  return named.length === 0 ? COLUMNS : named;
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
