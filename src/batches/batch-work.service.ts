import { Injectable, Logger } from '@nestjs/common';
import { ByteBudget } from '../api/byte-budget.ts';
import { describeProblem } from '../api/describe-problem.ts';
import { Metrics } from '../api/metrics.ts';
import { isProblemError, ProblemError } from '../api/problem.ts';
import { TargetArgs } from '../api/target.args.ts';
import { RequestUnderWay, withUnderWay } from '../api/under-way.ts';
import { headersAnswer } from '../fetch/answers.ts';
import { FetchService } from '../fetch/fetch.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import type { Item, Job } from '../jobs/job-store.ts';
import type { Outcome } from '../jobs/job-runner.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import { ParseService } from '../parse/parse.service.ts';
import { BATCH_VIEW_NAMES, BATCH_VIEWS, type BatchViewName } from './batch-views.ts';

/** The kind of these jobs. */
export const BATCH = 'batch';

/** Bytes of one result, as JSON. */
const MAX_RESULT_BYTES = 16 * 1024 * 1024;

/** What a batch is to do with each URL. */
export interface BatchOptions {
  /** Of each retrieval, besides its URL. */
  target: Partial<TargetArgs>;
  views: Partial<Record<BatchViewName, object>>;
}

/** A view, as its JSON; or why there is none. */
type ViewOutcome = readonly [name: BatchViewName, json: string | ProblemError];

/** Retrieves the URLs of batches and reads them, by the same guard, limits and turns as requests. */
@Injectable()
export class BatchWorkService {
  readonly #log = new Logger('batches');

  constructor(
    private readonly fetch: FetchService,
    private readonly parse: ParseService,
    private readonly budget: ByteBudget,
    private readonly metrics: Metrics,
    jobs: JobsService,
  ) {
    jobs.register(BATCH, {
      work: (job, item, signal) => this.#work(job, item, signal),
      inPlace: (job, url, index) => {
        const detail = `the results of this batch take as much room as they may (JOB_MAX_RESULT_BYTES); ask for less of each page, with limit: ${url}`;
        return failed(job, { index, url }, new ProblemError('QUOTA_EXCEEDED', detail, { url }));
      },
    });
  }

  /** The result of a URL. */
  async #work(job: Job, item: Item, signal: AbortSignal): Promise<Outcome> {
    // Beside requests of the same caller, not before them.
    const underWay = new RequestUnderWay(job.id, `job of ${job.caller}`, this.budget.open());
    const stop = (): void => {
      underWay.abort(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      const outcome = await new Promise<Outcome>((resolve, reject) => {
        withUnderWay(underWay, () => {
          this.#result(job, item).then(resolve, reject);
        });
      });
      this.metrics.countJobResult(outcome.succeeded ? 'succeeded' : 'failed');
      return outcome;
    } finally {
      signal.removeEventListener('abort', stop);
      underWay.hold.release();
    }
  }

  async #result(job: Job, item: Item): Promise<Outcome> {
    const { target, views } = JSON.parse(job.options) as BatchOptions;
    const names = BATCH_VIEW_NAMES.filter((name) => views[name] !== undefined);
    try {
      const request = Object.assign(new TargetArgs(), target, { url: item.url });
      const isRead = names.length === 0 || names.some((name) => BATCH_VIEWS[name] !== null);
      const retrieved = await this.fetch.snapshotOf(request, isRead);
      const outcomes = await Promise.all(names.map((name) => this.#view(name, views[name] ?? {}, retrieved, request.encoding, job.id)));
      return succeeded(job, item, retrieved, outcomes);
    } catch (error) {
      return { succeeded: false, answer: failed(job, item, this.#known(error, job.id)) };
    }
  }

  async #view(name: BatchViewName, options: object, retrieved: Retrieved, encoding: string | undefined, job: string): Promise<ViewOutcome> {
    const view = BATCH_VIEWS[name];
    try {
      if (view === null) return [name, headJson(retrieved)];
      const pieces = await this.parse.read(view, retrieved, options, encoding);
      const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
      if (bytes > MAX_RESULT_BYTES) throw tooLarge(retrieved.snapshot.url);
      return [name, Buffer.concat(pieces).toString()];
    } catch (error) {
      return [name, this.#known(error, job)];
    }
  }

  /** A problem that is an answer; thrown where trying again later gives another. */
  #known(error: unknown, job: string): ProblemError {
    if (isProblemError(error) && error.code !== 'OVERLOADED') return error;
    if (isProblemError(error) || (error as Error).name === 'CallerGone' || this.#isEnding(error)) throw error as Error;
    this.#log.error({ err: error, job }, 'unexpected error');
    return new ProblemError('INTERNAL', "something went wrong within this server; its log has more under this batch's id", {
      cause: error,
    });
  }

  /** The process stops: that is the reason it gave to all that is under way. */
  #isEnding(error: unknown): boolean {
    return error instanceof Error && error.message === 'this process is stopping';
  }
}

function headJson(retrieved: Retrieved): string {
  const { statusText, httpVersion, headers, headerBytes, redirects } = headersAnswer(retrieved);
  return JSON.stringify({ statusText, httpVersion, headers, headerBytes, redirects });
}

function tooLarge(url: string): ProblemError {
  const detail = `the answer would be larger than ${String(MAX_RESULT_BYTES)} bytes, the most that one result of a batch may have; ask for less with limit: ${url}`;
  return new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { url, phase: 'parse' });
}

/** The JSON of a result, whose views are JSON already. */
function succeeded(job: Job, item: Item, { snapshot }: Retrieved, outcomes: readonly ViewOutcome[]): Outcome {
  const failures = outcomes.flatMap(([view, outcome]) =>
    outcome instanceof ProblemError ? [{ view, problem: describeProblem(outcome, job.id) }] : [],
  );
  const read = new Map(outcomes.map(([name, outcome]) => [name, outcome instanceof ProblemError ? 'null' : outcome]));
  const facts = {
    index: item.index,
    url: item.url,
    state: failures.length === 0 ? 'succeeded' : 'failed',
    snapshot: snapshot.id,
    finalUrl: snapshot.finalUrl,
    status: snapshot.final.status,
    fetchedAt: snapshot.fetchedAt,
    problem: failures[0]?.problem ?? null,
    failures,
  };
  const views = BATCH_VIEW_NAMES.map((name) => `${JSON.stringify(name)}:${read.get(name) ?? 'null'}`).join(',');
  const answer = `${JSON.stringify(facts).slice(0, -1)},"views":{${views}}}`;
  if (Buffer.byteLength(answer) > MAX_RESULT_BYTES) return { succeeded: false, answer: failed(job, item, tooLarge(snapshot.url)) };
  return { succeeded: failures.length === 0, answer };
}

/** The JSON of a result that is a problem alone. */
function failed(job: Job, { index, url }: Item, problem: ProblemError): string {
  const nothing = { snapshot: null, finalUrl: null, status: null, fetchedAt: null };
  return JSON.stringify({ index, url, state: 'failed', ...nothing, problem: describeProblem(problem, job.id), failures: [], views: null });
}
