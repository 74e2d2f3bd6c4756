import { isWanted, trimmed } from '../api/fields.ts';
import { nextUrl } from '../api/next-url.ts';
import { ProblemError } from '../api/problem.ts';
import { currentUnderWay, unlessAborted } from '../api/under-way.ts';
import { csvHeader, csvRow } from '../formats/csv.ts';
import { htmlEnd, htmlRow, htmlStart } from '../formats/html-table.ts';
import type { ListFormat } from '../formats/list-format.ts';
import { MAX_ANSWER_BYTES } from '../tasks/answer-limit.ts';
import type { Job, KeptResult } from './job-store.ts';
import type { JobsService } from './jobs.service.ts';

/** Results that are read at a time, and bytes of them. */
const PART = { results: 500, bytes: 4 * 1024 * 1024 };
/** Milliseconds between two looks after a job that another process may work on. */
const LOOK_MS = 250;
/** Milliseconds without an event after which a stream says that it is alive. */
const ALIVE_MS = 15_000;
/** More results than any job has. */
const ALL = 2_147_483_647;

/** Which results are wanted. */
export interface ResultsWanted {
  /** Members of the answer; all unless given. */
  fields?: readonly string[] | undefined;
  limit?: number | undefined;
  offset: number;
  /** As they came, or as their items are numbered. */
  sort: 'arrival' | 'index';
}

/** A job as it is answered, whatever its kind. */
export interface JobModel {
  id: string;
  state: string;
  counts: object;
  finishedAt: string | null;
  /** Told once with its secret, where that was made: by who answers the creation. */
  webhook?: unknown;
}

/** How the jobs of a kind are answered. */
export interface JobFace<Model extends JobModel> {
  kind: string;
  describe: (jobs: readonly Job[]) => Promise<Model[]>;
  /** Columns of results as a table. */
  columns: readonly string[];
}

/** What became of a job that was to go. */
export interface JobRemoval<Model> {
  done: 'cancelled' | 'deleted';
  job: Model;
}

/** A result, how the job stands where that has changed, or neither where nothing happens but that time goes by. */
interface JobEvent<Model> {
  result: KeptResult | null;
  job: Model | null;
}

/** Answers about the jobs of a kind: how they stand, their results in every form, as they come, and their end. */
export class JobAnswers<Model extends JobModel> {
  readonly #jobs: JobsService;
  readonly #face: JobFace<Model>;

  constructor(jobs: JobsService, face: JobFace<Model>) {
    this.#jobs = jobs;
    this.#face = face;
  }

  async describe(job: Job): Promise<Model> {
    const [model] = await this.#face.describe([job]);
    if (model === undefined) throw this.#notThere(job.id);
    return model;
  }

  /** Jobs of an owner, newest first. `here` is the URL that was asked. */
  async list(
    { offset, limit }: { offset: number; limit?: number | undefined },
    owner: string,
    here: string | null,
  ): Promise<{ total: number; models: Model[]; next: string | null }> {
    const none = { total: 0, jobs: [] as Job[] };
    const { total, jobs } = await this.#jobs.look(none, (store) => store.list(this.#face.kind, owner, offset, limit ?? null));
    const models = jobs.length === 0 ? [] : await this.#face.describe(jobs);
    return { total, models, next: nextUrl(here, { limit, offset }, total) };
  }

  /**
   * A job; after so many seconds at most, as soon as it is finished.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async find(id: string, owner: string, waitS = 0): Promise<Model> {
    const endsAt = performance.now() + waitS * 1000;
    for (;;) {
      const job = await this.job(id, owner);
      const leftMs = endsAt - performance.now();
      if (job.finishedAt !== null || leftMs <= 0) return this.describe(job);
      await unlessAborted(this.#jobs.progress(id, Math.min(LOOK_MS, leftMs)), currentUnderWay()?.signal ?? null);
    }
  }

  /**
   * A job of this kind.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async job(id: string, owner: string): Promise<Job> {
    const job = await this.#jobs.look(null, (store) => store.find(id, owner));
    if (job?.kind === this.#face.kind) return job;
    throw this.#notThere(id);
  }

  #notThere(id: string): ProblemError {
    const detail = `there is no ${this.#face.kind} ${JSON.stringify(id)}: it has expired, was deleted, never was, or is of another API key`;
    return new ProblemError('JOB_NOT_FOUND', detail);
  }

  /** How many results there are. */
  async total(id: string, owner: string): Promise<number> {
    const { succeeded, failed } = await this.job(id, owner);
    return succeeded + failed;
  }

  /** Results as JSON, with the job as it stands. `here` is the URL of its results; `told` wins over what is said of the job. */
  async results(id: string, owner: string, wanted: ResultsWanted, here: string | null, told: Partial<JobModel> = {}): Promise<string> {
    const job = await this.job(id, owner);
    const model = { ...(await this.describe(job)), ...told };
    const { limit = ALL, offset, sort, fields } = wanted;
    const total = job.succeeded + job.failed;
    const by = sort === 'index' ? 'index' : 'sequence';
    const bytes = await this.#jobs.use((store) => store.resultBytes(id, by, offset, limit));
    if (bytes > MAX_ANSWER_BYTES) {
      const detail = `the results are larger than ${String(MAX_ANSWER_BYTES)} bytes together; ask for fewer with limit (and offset for the rest), or with format=ndjson`;
      throw new ProblemError('PARSE_LIMIT_EXCEEDED', detail);
    }
    currentUnderWay()?.hold.grow(2 * bytes);
    const facts = JSON.stringify(trimmed({ total, next: nextUrl(here, wanted, total), [this.#face.kind]: model }, fields)).slice(0, -1);
    if (!isWanted('results', fields)) return `${facts}}`;
    const answers: string[] = [];
    for await (const { answer } of this.#kept(id, wanted, total)) answers.push(trimmedResult(answer, fields));
    return `${facts}${facts === '{' ? '' : ','}"results":[${answers.join(',')}]}`;
  }

  /** Results in another format, in pieces of text: all that are wanted, however large they are. */
  async *written(id: string, total: number, wanted: ResultsWanted, format: Exclude<ListFormat, 'json'>): AsyncGenerator<string> {
    const columns = this.#columnsWanted(wanted.fields);
    if (format === 'csv') yield csvHeader(columns);
    if (format === 'html') yield htmlStart(`Results of ${id}`, columns);
    for await (const { answer } of this.#kept(id, wanted, total)) {
      if (format === 'ndjson') yield `${trimmedResult(answer, wanted.fields)}\n`;
      else yield (format === 'csv' ? csvRow : htmlRow)(JSON.parse(answer) as Record<string, unknown>, columns);
    }
    if (format === 'html') yield htmlEnd(total, null);
  }

  /** Each result as a line of JSON when it comes, to the last one. */
  async *lines(id: string, owner: string): AsyncGenerator<string> {
    for await (const event of this.#events(id, owner, 0)) if (event.result !== null) yield `${event.result.answer}\n`;
  }

  /** What becomes of a job, as events: results by their sequence, and how it stands. https://html.spec.whatwg.org/#server-sent-events */
  async *serverSent(id: string, owner: string, after: number): AsyncGenerator<string> {
    for await (const { result, job } of this.#events(id, owner, after)) {
      if (result !== null) yield `id: ${String(result.sequence)}\nevent: result\ndata: ${result.answer}\n\n`;
      else if (job === null) yield ': still here\n\n';
      else yield `event: ${job.finishedAt === null ? 'progress' : 'end'}\ndata: ${JSON.stringify(job)}\n\n`;
    }
  }

  /**
   * Ends a job that is not finished; deletes one that is.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async remove(id: string, owner: string): Promise<JobRemoval<Model>> {
    const before = await this.job(id, owner);
    if (before.finishedAt !== null) {
      const job = await this.describe(before);
      await this.#jobs.use((store) => store.delete(id));
      this.#jobs.tell(id);
      return { done: 'deleted', job };
    }
    await this.#jobs.cancel(id);
    return { done: 'cancelled', job: await this.find(id, owner) };
  }

  /** Results that are there, part by part. */
  async *#kept(id: string, { limit = ALL, offset, sort }: ResultsWanted, total: number): AsyncGenerator<KeptResult> {
    const end = Math.min(total, offset + limit);
    for (let at = offset; at < end;) {
      const by = sort === 'index' ? 'index' : 'sequence';
      const part = await this.#jobs.use((store) => store.results(id, by, at, Math.min(PART.results, end - at), PART.bytes));
      if (part.length === 0) return;
      yield* part;
      at += part.length;
    }
  }

  /** Ends with the job. */
  async *#events(id: string, owner: string, after: number): AsyncGenerator<JobEvent<Model>> {
    let at = after;
    let told = '';
    let toldAt = performance.now();
    for (;;) {
      const job = await this.job(id, owner);
      const model = await this.describe(job);
      const total = job.succeeded + job.failed;
      for await (const result of this.#kept(id, { offset: at, sort: 'arrival' }, total)) {
        at = result.sequence;
        toldAt = performance.now();
        yield { result, job: null };
      }
      const stand = JSON.stringify([model.state, model.counts]);
      if (stand !== told) {
        told = stand;
        toldAt = performance.now();
        yield { result: null, job: model };
      } else if (performance.now() - toldAt > ALIVE_MS) {
        toldAt = performance.now();
        yield { result: null, job: null };
      }
      if (job.finishedAt !== null && at >= total) return;
      await unlessAborted(this.#jobs.progress(id, LOOK_MS), currentUnderWay()?.signal ?? null);
    }
  }

  /** The columns of a table of results: what `fields` name of them, also within their views. */
  #columnsWanted(fields: readonly string[] | undefined): readonly string[] {
    const named = (fields ?? []).flatMap((field) => (field.startsWith('results.') ? [field.slice('results.'.length)] : []));
    return named.length === 0 ? this.#face.columns : named;
  }
}

/** A result with the members alone that are wanted of it. */
function trimmedResult(answer: string, fields: readonly string[] | undefined): string {
  if (fields === undefined) return answer;
  const { results } = trimmed({ results: JSON.parse(answer) as object }, fields) as { results?: object };
  return JSON.stringify(results ?? {});
}
