import { Injectable } from '@nestjs/common';
import { describeProblem } from '../api/describe-problem.ts';
import { ProblemError } from '../api/problem.ts';
import { TargetArgs } from '../api/target.args.ts';
import { FetchService } from '../fetch/fetch.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import type { Item, Job } from '../jobs/job-store.ts';
import type { Outcome } from '../jobs/job-runner.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import { BATCH_VIEW_NAMES, BATCH_VIEWS } from './batch-views.ts';
import { type AskedViews, failuresOf, PageWorkService, resultJson, type ViewOutcome } from './page-work.service.ts';

/** The kind of these jobs. */
export const BATCH = 'batch';

/** What a batch is to do with each URL. */
export interface BatchOptions {
  /** Of each retrieval, besides its URL. */
  target: Partial<TargetArgs>;
  views: AskedViews;
}

/** Retrieves the URLs of batches and reads them. */
@Injectable()
export class BatchWorkService {
  constructor(
    private readonly fetch: FetchService,
    private readonly pages: PageWorkService,
    jobs: JobsService,
  ) {
    jobs.register(BATCH, {
      work: async (job, item, signal) => {
        const outcome = await this.pages.underWay(job, signal, () => this.#result(job, item));
        this.pages.count(outcome);
        return outcome;
      },
      abandoned: (job, item, deaths) => ({ succeeded: false, answer: failed(job, item, this.pages.abandoned(item, deaths)) }),
      inPlace: (job, item) => {
        const { url } = item;
        const detail = `the results of this batch take as much room as they may (JOB_MAX_RESULT_BYTES); ask for less of each page, with limit: ${url}`;
        return failed(job, item, new ProblemError('QUOTA_EXCEEDED', detail, { url }));
      },
    });
  }

  /** The result of a URL. */
  async #result(job: Job, item: Item): Promise<Outcome> {
    const { target, views } = JSON.parse(job.options) as BatchOptions;
    const names = BATCH_VIEW_NAMES.filter((name) => views[name] !== undefined);
    try {
      const request = Object.assign(new TargetArgs(), target, { url: item.url });
      const isRead = names.length === 0 || names.some((name) => BATCH_VIEWS[name] !== null);
      const retrieved = await this.fetch.snapshotOf(request, isRead);
      return outcomeOf(job, item, retrieved, await this.pages.views(views, retrieved, request.encoding, job));
    } catch (error) {
      return { succeeded: false, answer: failed(job, item, this.pages.known(error, job)) };
    }
  }
}

/** The JSON of a result, whose views are JSON already. */
function outcomeOf(job: Job, item: Item, { snapshot }: Retrieved, outcomes: readonly ViewOutcome[]): Outcome {
  const failures = failuresOf(outcomes, job);
  const answer = resultJson(
    {
      index: item.index,
      url: item.url,
      state: failures.length === 0 ? 'succeeded' : 'failed',
      snapshot: snapshot.id,
      finalUrl: snapshot.finalUrl,
      status: snapshot.final.status,
      fetchedAt: snapshot.fetchedAt,
      problem: failures[0]?.problem ?? null,
      failures,
    },
    outcomes,
  );
  if (answer instanceof ProblemError) return { succeeded: false, answer: failed(job, item, answer) };
  return { succeeded: failures.length === 0, answer };
}

/** The JSON of a result that is a problem alone. */
function failed(job: Job, { index, url }: Item, problem: ProblemError): string {
  const nothing = { snapshot: null, finalUrl: null, status: null, fetchedAt: null };
  return JSON.stringify({ index, url, state: 'failed', ...nothing, problem: describeProblem(problem, job.id), failures: [], views: null });
}
