import { Injectable, Logger } from '@nestjs/common';
import { ByteBudget } from '../api/byte-budget.ts';
import { describeProblem } from '../api/describe-problem.ts';
import { Metrics } from '../api/metrics.ts';
import { isProblemError, ProblemError } from '../api/problem.ts';
import { withJobUnderWay } from '../api/under-way.ts';
import { headersAnswer } from '../fetch/answers.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import type { Outcome } from '../jobs/job-runner.ts';
import type { Item, Job } from '../jobs/job-store.ts';
import { WorkEnded } from '../jobs/work-ended.ts';
import { ParseService } from '../parse/parse.service.ts';
import { BATCH_VIEW_NAMES, BATCH_VIEWS, type BatchViewName } from './batch-views.ts';

/** Bytes of one result, as JSON. */
const MAX_RESULT_BYTES = 16 * 1024 * 1024;

/** Views of a page, each with its options. */
export type AskedViews = Partial<Record<BatchViewName, object>>;

/** A view, as its JSON; or why there is none. */
export type ViewOutcome = readonly [name: BatchViewName, json: string | ProblemError];

/** What jobs do with each page, whatever kind of job it is: by the same guard, limits and turns as requests. */
@Injectable()
export class PageWorkService {
  readonly #log = new Logger('jobs');

  constructor(
    private readonly parse: ParseService,
    private readonly budget: ByteBudget,
    private readonly metrics: Metrics,
  ) {}

  /** Does something for a job until the signal is aborted. */
  underWay<Value>(job: Job, signal: AbortSignal, make: () => Promise<Value>): Promise<Value> {
    return withJobUnderWay(job, this.budget.open(), signal, make);
  }

  /** Notes what came of a page. */
  count({ succeeded }: Outcome): void {
    this.metrics.countJobResult(succeeded ? 'succeeded' : 'failed');
  }

  /** Views of what was retrieved. */
  views(views: AskedViews, retrieved: Retrieved, encoding: string | undefined, job: Job): Promise<ViewOutcome[]> {
    const names = BATCH_VIEW_NAMES.filter((name) => views[name] !== undefined);
    return Promise.all(names.map((name) => this.#view(name, views[name] ?? {}, retrieved, encoding, job)));
  }

  async #view(name: BatchViewName, options: object, retrieved: Retrieved, encoding: string | undefined, job: Job): Promise<ViewOutcome> {
    const view = BATCH_VIEWS[name];
    try {
      if (view === null) return [name, headJson(retrieved)];
      const pieces = await this.parse.read(view, retrieved, options, encoding);
      const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
      if (bytes > MAX_RESULT_BYTES) throw tooLarge(retrieved.snapshot.url);
      return [name, Buffer.concat(pieces).toString()];
    } catch (error) {
      return [name, this.known(error, job)];
    }
  }

  /** Why an item was given up in whose midst so many processes ended. */
  abandoned({ url }: Item, deaths: number): ProblemError {
    this.#log.error({ url, deaths }, 'an item was given up: processes end in its midst');
    const detail = `${String(deaths)} processes ended while they did this, the last of them while it did nothing else, so it was given up; it may take more memory than there is: ${url}`;
    return new ProblemError('INTERNAL', detail, { url });
  }

  /** A problem that is an answer; thrown where trying again later gives another. */
  known(error: unknown, { id, kind }: Job): ProblemError {
    if (isProblemError(error) && error.code !== 'OVERLOADED') return error;
    if (isProblemError(error) || error instanceof WorkEnded || (error as Error).name === 'CallerGone') throw error as Error;
    this.#log.error({ err: error, job: id }, 'unexpected error');
    return new ProblemError('INTERNAL', `something went wrong within this server; its log has more under this ${kind}'s id`, {
      cause: error,
    });
  }
}

function headJson(retrieved: Retrieved): string {
  const { statusText, httpVersion, headers, headerBytes, redirects } = headersAnswer(retrieved);
  return JSON.stringify({ statusText, httpVersion, headers, headerBytes, redirects });
}

function tooLarge(url: string): ProblemError {
  const detail = `the answer would be larger than ${String(MAX_RESULT_BYTES)} bytes, the most that one result may have; ask for less with limit: ${url}`;
  return new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { url, phase: 'parse' });
}

/** The views that could not be read, as a result tells of them. */
export function failuresOf(
  outcomes: readonly ViewOutcome[],
  job: Job,
): { view: BatchViewName; problem: ReturnType<typeof describeProblem> }[] {
  return outcomes.flatMap(([view, outcome]) =>
    outcome instanceof ProblemError ? [{ view, problem: describeProblem(outcome, job.id) }] : [],
  );
}

/**
 * The JSON of a result: facts, then views, which are JSON already.
 *
 * @returns the problem where it would be too large
 */
export function resultJson(
  facts: Readonly<Record<string, unknown>> & { url: string },
  outcomes: readonly ViewOutcome[],
): string | ProblemError {
  const read = new Map(outcomes.map(([name, outcome]) => [name, outcome instanceof ProblemError ? 'null' : outcome]));
  const views = BATCH_VIEW_NAMES.map((name) => `${JSON.stringify(name)}:${read.get(name) ?? 'null'}`).join(',');
  const answer = `${JSON.stringify(facts).slice(0, -1)},"views":{${views}}}`;
  return Buffer.byteLength(answer) > MAX_RESULT_BYTES ? tooLarge(facts.url) : answer;
}
