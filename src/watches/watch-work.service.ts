import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { ByteBudget } from '../api/byte-budget.ts';
import { Metrics } from '../api/metrics.ts';
import { invalidParameter, isProblemError } from '../api/problem.ts';
import { TargetArgs } from '../api/target.args.ts';
import { withJobUnderWay } from '../api/under-way.ts';
import { BATCH_VIEW_NAMES, BATCH_VIEWS, type BatchViewName } from '../batches/batch-views.ts';
import { describeBody } from '../fetch/body.ts';
import { FetchService } from '../fetch/fetch.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import { backlogOf, NONE } from '../jobs/backlog.ts';
import { DueLoop } from '../jobs/due-loop.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import { ParseService } from '../parse/parse.service.ts';
import type { SteadyPage } from '../parse/steady.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import type { Assertion } from './assertion.ts';
import { TooManyEntries } from './entries.ts';
import { judge, type Judgement, type Memory, type Outcome, type PageFacts } from './judge.ts';
import { observedFields } from './observed-fields.ts';
import { nextRun, type Schedule } from './schedule.ts';
import { type DueWatch, WatchStore } from './watch-store.ts';

/** Runs of this process at a time. */
const MOST_AT_ONCE = 8;
/** Milliseconds between two looks when nothing is due. */
const POLL_MS = 1000;
/** Seconds for which a run is left to who has it, beyond the time of a retrieval. */
const GRACE_S = 120;
/** Seconds until what was seen is looked at again, where it is not believed yet. */
const DOUBT_S = 30;
/** Bytes of one view that are compared, as JSON. */
const MAX_VIEW_BYTES = 4 * 1024 * 1024;
const DAY_MS = 86_400_000;

/** How a watch looks at its page. */
export interface WatchOptions {
  /** Of each retrieval, besides its URL. */
  target: Partial<TargetArgs>;
  views: Partial<Record<BatchViewName, object>>;
  headers: string[];
  body: boolean;
  ignore: string[];
  assertions: Assertion[];
  confirm: number;
}

/** Looks at pages when it is time, reads them as requests would, and judges what has changed. */
@Injectable()
export class WatchWorkService {
  #loop: DueLoop<DueWatch> | null = null;

  constructor(
    private readonly jobs: JobsService,
    private readonly fetch: FetchService,
    private readonly parse: ParseService,
    private readonly budget: ByteBudget,
    private readonly metrics: Metrics,
    @Inject(SETTINGS) settings: Settings,
  ) {
    metrics.watchBacklog('watch_runs', 'Runs of watches', () => jobs.glance(NONE, (tables) => backlogOf(tables, 'watch', 'next_run_at')));
    jobs.attend(async (tables, isAlone) => {
      const store = new WatchStore(tables);
      if (isAlone) await store.releaseAll();
      this.#loop = new DueLoop({
        take: (most, aheadMs) => store.take(most, aheadMs, settings.FETCH_TIMEOUT_MS / 1000 + GRACE_S),
        work: (watch, signal) => this.#run(store, watch, signal),
        concurrency: MOST_AT_ONCE,
        pollMs: POLL_MS,
        onError: (error) => {
          jobs.note(error);
        },
      });
      return this.#loop;
    });
  }

  /**
   * Reads selectors of what is to be left out, before anybody relies on them.
   *
   * @throws ProblemError `INVALID_REQUEST`
   */
  async checkSelectors(ignore: readonly string[]): Promise<void> {
    try {
      await this.parse.readText('steady', { html: '', baseUrl: null }, { ignore });
    } catch (error) {
      if (isProblemError(error) && error.code === 'INVALID_SELECTOR') throw invalidParameter('ignore', error.message);
      throw error;
    }
  }

  /** Looks now: a run has become due. */
  wake(): void {
    this.#loop?.wake();
  }

  /** Makes the runs that are due in so many milliseconds, and waits for their end. */
  async runDue(aheadMs: number): Promise<void> {
    await this.jobs.use(() => Promise.resolve());
    await this.#loop?.pass(aheadMs);
  }

  async #run(store: WatchStore, watch: DueWatch, signal: AbortSignal): Promise<void> {
    const startedAt = new Date();
    const start = performance.now();
    const options = JSON.parse(watch.options) as WatchOptions;
    const outcome = await this.#outcome(watch, options, signal);
    // Whoever is next looks again; one that there was no room for waits for the end of its time.
    if (outcome === null) {
      if (signal.aborted) await store.release(watch.id);
      return;
    }
    const memory = JSON.parse(watch.memory) as Memory;
    const judgement = judged(memory, outcome, options);
    const schedule = JSON.parse(watch.schedule) as Schedule;
    const byTime = nextRun(schedule, watch.takenAt, Math.random()).getTime();
    const soon = judgement.isInDoubt ? watch.takenAt.getTime() + DOUBT_S * 1000 : byTime;
    const isPage = outcome.kind === 'page';
    const run = {
      startedAt,
      tookMs: performance.now() - start,
      snapshot: isPage ? outcome.snapshot : null,
      status: isPage ? outcome.facts.status : null,
      code: isPage ? null : outcome.code,
      detail: isPage ? null : outcome.detail,
    };
    this.metrics.countWatchRun(judgement.state);
    const isTold = await store.record(watch, { run, judgement, nextRunAt: new Date(Math.min(byTime, soon)) });
    this.jobs.tell(watch.id);
    if (isTold) this.jobs.wakeChores();
  }

  /** What a look at the page gives; null where there was no time or no room for one. */
  async #outcome(watch: DueWatch, options: WatchOptions, signal: AbortSignal): Promise<Outcome | null> {
    try {
      return await withJobUnderWay(watch, this.budget.open(), signal, () => this.#look(watch.url, options));
    } catch (error) {
      if (error instanceof TooManyEntries) return tooMuch();
      if (!isProblemError(error)) {
        if (!signal.aborted) throw error;
        return null;
      }
      return error.code === 'OVERLOADED' ? null : { kind: 'problem', code: error.code, detail: error.message };
    }
  }

  async #look(url: string, options: WatchOptions): Promise<Outcome> {
    const request = Object.assign(new TargetArgs(), options.target, { url, cache: 'reload' as const });
    const retrieved = await this.fetch.snapshotOf(request);
    const { snapshot } = retrieved;
    const { status, headers, tls } = snapshot.final;
    const content = snapshot.content === null ? null : describeBody(snapshot.content, request.encoding);
    const isMarkup = snapshot.content?.mediaType.kind === 'html';
    // An error is compared by its status, so nothing is read off it.
    const isWhole = status < 400;
    const steady =
      isWhole && isMarkup && (options.body || options.ignore.length > 0)
        ? await this.parse.readJson<SteadyPage>('steady', retrieved, { ignore: options.ignore }, options.target.encoding)
        : null;
    const views = isWhole ? await this.#views(retrieved, options, options.ignore.length > 0 ? steady : null) : {};
    const digest =
      steady === null ? (content?.sha256 ?? null) : createHash('sha256').update(steady.html.replace(/\s+/g, ' ')).digest('hex');
    const certificate = tls?.certificate ?? null;
    const compared = {
      status,
      finalUrl: snapshot.finalUrl,
      mediaType: content?.mediaType ?? null,
      encoding: content?.encoding?.name ?? null,
      headers: observedFields(headers, options.headers, options.views.headers !== undefined),
      certificate:
        certificate === null
          ? null
          : { subject: certificate.subject, issuer: certificate.issuer, fingerprint256: certificate.fingerprint256 },
      ...(options.body && { body: digest }),
      ...views,
    };
    const daysLeft = certificate === null ? null : Math.floor((Date.parse(certificate.validTo) - Date.parse(snapshot.fetchedAt)) / DAY_MS);
    const all = { ...compared, bytes: content?.bytes ?? null, certificate: certificate === null ? null : { ...certificate, daysLeft } };
    const facts: PageFacts = { status, compared, all };
    return { kind: 'page', facts, snapshot: snapshot.id, fetchedAt: snapshot.fetchedAt };
  }

  /** The views of a page: of what is left of it where something is left out. */
  async #views(retrieved: Retrieved, { views, target }: WatchOptions, left: SteadyPage | null): Promise<Record<string, unknown>> {
    const names = BATCH_VIEW_NAMES.filter((name) => views[name] !== undefined && BATCH_VIEWS[name] !== null);
    const read = await Promise.all(
      names.map(async (name) => {
        const view = BATCH_VIEWS[name] ?? '';
        const pieces = await (left === null
          ? this.parse.read(view, retrieved, views[name], target.encoding)
          : this.parse.readText(view, left, views[name]));
        if (pieces.reduce((sum, { length }) => sum + length, 0) > MAX_VIEW_BYTES) throw new TooManyEntries();
        return [name, seen(name, JSON.parse(Buffer.concat(pieces).toString()) as object)] as const;
      }),
    );
    return Object.fromEntries(read);
  }
}

/** Of words their number: which there are would be all of the text. */
function seen(name: BatchViewName, view: object): object {
  if (name !== 'wordCount') return view;
  const { total, distinct } = view as { total: number; distinct: number };
  return { total, distinct };
}

function judged(memory: Memory, outcome: Outcome, { assertions, confirm }: WatchOptions): Judgement {
  try {
    return judge(memory, outcome, { assertions, confirm });
  } catch (error) {
    if (!(error instanceof TooManyEntries)) throw error;
    return judge(memory, tooMuch(), { assertions, confirm });
  }
}

function tooMuch(): Extract<Outcome, { kind: 'problem' }> {
  const detail =
    'there is more on this page than is compared (20000 values, 2000000 characters, 4 MiB of a view); ask for less, with limit or another view';
  return { kind: 'problem', code: 'PARSE_LIMIT_EXCEEDED', detail };
}
