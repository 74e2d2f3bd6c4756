import { Inject, Injectable } from '@nestjs/common';
import { nextUrl } from '../api/next-url.ts';
import { invalidParameter, ProblemError } from '../api/problem.ts';
import { randomId } from '../api/random-id.ts';
import { currentUnderWay, unlessAborted } from '../api/under-way.ts';
import { BATCH_VIEW_NAMES, type BatchViewName } from '../batches/batch-views.ts';
import { parseTargetUrl } from '../fetch/target-url.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { newSecret, webhookAnswer, WebhooksService } from '../webhooks/webhooks.service.ts';
import { assertionFault } from './assertion.ts';
import { NOTHING } from './judge.ts';
import type { Schedule } from './schedule.ts';
import { type WatchOptions, WatchWorkService } from './watch-work.service.ts';
import type { WatchBody, WatchUpdate } from './watch.args.ts';
import type { Watch, WatchChange, WatchChangesAnswer, WatchesAnswer, WatchRun, WatchRunsAnswer } from './watch.model.ts';
import { type RunRow, type WatchRow, WatchStore } from './watch-store.ts';

/** Milliseconds between two looks after a watch that another process may work on. */
const LOOK_MS = 500;
/** Milliseconds without an event after which a stream says that it is alive. */
const ALIVE_MS = 15_000;
/** Seconds after which asking again makes sense where there are too many. */
const QUOTA_S = 60;

/** What a watch is begun with. */
type WatchRequest = Omit<WatchBody, 'views'> & { views?: Partial<Record<BatchViewName, object | boolean>> | undefined };
/** Which part of a list is wanted. */
interface Part {
  offset: number;
  limit?: number | undefined;
}

@Injectable()
export class WatchesService {
  constructor(
    private readonly jobs: JobsService,
    private readonly webhooks: WebhooksService,
    private readonly work: WatchWorkService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Begins a watch: from now on its page is looked at by its schedule, whatever ends meanwhile. Waits so many seconds for the first look.
   *
   * @throws ProblemError `INVALID_REQUEST`, `TARGET_FORBIDDEN` of its webhook, `QUOTA_EXCEEDED`, `DATABASE_UNAVAILABLE`
   */
  async create(request: WatchRequest, owner: string, waitS = 0): Promise<Watch> {
    const {
      url,
      every,
      cron,
      timezone,
      jitterS,
      views = {},
      headers,
      body,
      ignore,
      assert = [],
      confirm,
      webhook: hook,
      ...target
    } = request;
    parseTargetUrl(url);
    const schedule = await scheduleOf({ every, cron, timezone, jitterS }, this.settings.WATCH_MIN_INTERVAL_S);
    const asked = Object.fromEntries(
      BATCH_VIEW_NAMES.flatMap((name) => {
        const options = views[name];
        return options === undefined || options === false ? [] : [[name, options === true ? {} : options]];
      }),
    ) as WatchOptions['views'];
    if (ignore.length > 0) await this.work.checkSelectors(ignore);
    const assertions = assert.map(({ path, op, value }, index) => {
      const assertion = { path, op, value: value ?? null };
      const fault = assertionFault(assertion);
      if (fault !== null) throw invalidParameter(`assert[${String(index)}].value`, fault);
      return assertion;
    });
    const isBodyWanted = body ?? Object.keys(asked).length === 0;
    const options: WatchOptions = { target, views: asked, headers, body: isBodyWanted, ignore, assertions, confirm };
    const webhook = this.webhooks.webhookOf(hook, 'watch', owner);
    const caller = currentUnderWay()?.caller ?? '';
    const watch = { id: randomId(16), owner, caller, url, options: JSON.stringify(options), schedule: JSON.stringify(schedule) };
    const { WATCH_MAX: most } = this.settings;
    const created = await this.jobs.commit((_store, tables) =>
      new WatchStore(tables).create(watch, JSON.stringify(NOTHING), webhook, most),
    );
    if (created === null) {
      const detail = `you have ${String(most)} watches, the most there may be (WATCH_MAX); delete one`;
      throw new ProblemError('QUOTA_EXCEEDED', detail, { retryAfterS: QUOTA_S });
    }
    this.work.wake();
    return watchOf(waitS === 0 ? created : await this.#afterRun(created, waitS), newSecret(hook, webhook));
  }

  /** Watches of an owner, newest first. `here` is the URL that was asked. */
  async list({ offset, limit }: Part, owner: string, here: string | null): Promise<WatchesAnswer> {
    const none = { total: 0, watches: [] as WatchRow[] };
    const { total, watches } = await this.jobs.look(none, (_store, tables) => new WatchStore(tables).list(owner, offset, limit ?? null));
    return { total, watches: watches.map((watch) => watchOf(watch)), next: nextUrl(here, { limit, offset }, total) };
  }

  /**
   * A watch as it stands.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async find(id: string, owner: string): Promise<Watch> {
    return watchOf(await this.#watch(id, owner));
  }

  /** Changes when a watch runs, how sure it must be, and whether it does. */
  async update(id: string, { paused, confirm, ...changed }: WatchUpdate, owner: string): Promise<Watch> {
    const watch = await this.#watch(id, owner);
    const before = JSON.parse(watch.schedule) as Schedule;
    const isScheduled = (Object.values(changed) as unknown[]).some((value) => value !== undefined);
    const schedule = isScheduled ? await scheduleOf(merged(before, changed), this.settings.WATCH_MIN_INTERVAL_S) : before;
    const options = JSON.parse(watch.options) as WatchOptions;
    const isPaused = paused ?? watch.isPaused;
    const isGoingOn = watch.isPaused || watch.nextRunAt === null || isScheduled;
    const { nextRun } = await planning();
    const nextRunAt = isPaused ? null : isGoingOn ? nextRun(schedule, new Date(), Math.random()) : watch.nextRunAt;
    const kept = {
      options: JSON.stringify({ ...options, confirm: confirm ?? options.confirm }),
      schedule: JSON.stringify(schedule),
      isPaused,
      nextRunAt,
    };
    await this.jobs.commit((_store, tables) => new WatchStore(tables).update(id, kept));
    return this.find(id, owner);
  }

  /** Has a watch look now, and waits so many seconds for that. */
  async run(id: string, owner: string, waitS: number): Promise<Watch> {
    const watch = await this.#watch(id, owner);
    await this.jobs.commit((_store, tables) => new WatchStore(tables).ask(id));
    this.work.wake();
    return watchOf(await this.#afterRun(watch, waitS));
  }

  /** Deletes a watch with all that is kept of it; gives it as it stood. */
  async remove(id: string, owner: string): Promise<Watch> {
    const watch = await this.#watch(id, owner);
    await this.jobs.use((_store, tables) => new WatchStore(tables).delete(id));
    this.jobs.tell(id);
    return watchOf(watch);
  }

  /** Runs of a watch, newest first. */
  async runs(id: string, { offset, limit }: Part, owner: string, here: string | null): Promise<WatchRunsAnswer> {
    await this.#watch(id, owner);
    const { total, runs } = await this.jobs.use((_store, tables) => new WatchStore(tables).runs(id, offset, limit ?? null));
    return { total, runs: runs.map(runOf), next: nextUrl(here, { limit, offset }, total) };
  }

  /** Changes of a watch, newest first. */
  async changes(id: string, { offset, limit }: Part, owner: string, here: string | null): Promise<WatchChangesAnswer> {
    await this.#watch(id, owner);
    const { total, changes } = await this.jobs.use((_store, tables) => new WatchStore(tables).changes(id, offset, limit ?? null));
    const told = changes.map(({ run, change }) => ({ run, ...(JSON.parse(change) as Omit<WatchChange, 'run'>) }));
    return { total, changes: told, next: nextUrl(here, { limit, offset }, total) };
  }

  /** What happens to a watch, as events, to its end or for as long as somebody listens. https://html.spec.whatwg.org/#server-sent-events */
  async *serverSent(id: string, owner: string, after: number, follow: boolean): AsyncGenerator<string> {
    let at = after;
    let toldAt = performance.now();
    for (;;) {
      const events = await this.jobs.use((_store, tables) => new WatchStore(tables).events(id, at));
      for (const { sequence, event } of events) {
        at = sequence;
        toldAt = performance.now();
        const { type } = JSON.parse(event) as { type: string };
        yield `id: ${String(sequence)}\nevent: ${type}\ndata: ${event}\n\n`;
      }
      if (events.length > 0) continue;
      if (!follow) return;
      if (performance.now() - toldAt > ALIVE_MS) {
        toldAt = performance.now();
        yield ': still here\n\n';
      }
      await unlessAborted(this.jobs.progress(id, LOOK_MS), currentUnderWay()?.signal ?? null);
      await this.#watch(id, owner);
    }
  }

  /** A watch once it has run again, or the time is over. */
  async #afterRun({ id, owner, runs }: WatchRow, waitS: number): Promise<WatchRow> {
    const endsAt = performance.now() + waitS * 1000;
    for (;;) {
      const watch = await this.#watch(id, owner);
      const leftMs = endsAt - performance.now();
      if (watch.runs > runs || leftMs <= 0) return watch;
      await unlessAborted(this.jobs.progress(id, Math.min(LOOK_MS, leftMs)), currentUnderWay()?.signal ?? null);
    }
  }

  async #watch(id: string, owner: string): Promise<WatchRow> {
    const watch = await this.jobs.look(null, (_store, tables) => new WatchStore(tables).find(id, owner));
    if (watch !== null) return watch;
    const detail = `there is no watch ${JSON.stringify(id)}: it was deleted, never was, or is of another API key`;
    throw new ProblemError('JOB_NOT_FOUND', detail);
  }
}

/** What a caller says of a schedule. */
type ScheduleRequest = { [Name in 'every' | 'cron' | 'timezone' | 'jitterS']?: WatchUpdate[Name] | undefined };

/** A schedule that is as a caller says. */
async function scheduleOf({ every, cron, timezone, jitterS = 0 }: ScheduleRequest, minimumS: number): Promise<Schedule> {
  if ((every === undefined) === (cron === undefined))
    throw invalidParameter('every', 'is required: exactly one of every and cron is given');
  const { durationS, scheduleFault } = await planning();
  if (every !== undefined && timezone !== undefined) throw invalidParameter('timezone', 'goes with cron');
  const everyS = every === undefined ? null : durationS(every);
  if (every !== undefined && everyS === null)
    throw invalidParameter(
      'every',
      'must be a number of seconds, or a duration of weeks, days, hours, minutes and seconds such as PT1H or P1D',
    );
  const schedule = everyS === null ? { cron: cron ?? '', timezone: timezone ?? 'UTC', jitterS } : { everyS, jitterS };
  const fault = scheduleFault(schedule, minimumS, new Date());
  if (fault !== null) throw invalidParameter(fault.parameter, fault.message);
  return schedule;
}

/** A schedule, but for what a caller changes of it: who names a cron expression means it in place of an interval. */
function merged(before: Schedule, { every, cron, timezone, jitterS }: ScheduleRequest): ScheduleRequest {
  const later = jitterS ?? before.jitterS;
  if (every !== undefined) return { every, cron, timezone, jitterS: later };
  if (cron === undefined && 'everyS' in before) return { every: String(before.everyS), timezone, jitterS: later };
  const zone = timezone ?? ('cron' in before ? before.timezone : undefined);
  return { cron: cron ?? ('cron' in before ? before.cron : undefined), timezone: zone, jitterS: later };
}

/** What plans is loaded by who watches. */
function planning(): Promise<typeof import('./schedule.ts')> {
  return import('./schedule.ts');
}

function watchOf(watch: WatchRow, secret: string | null = null): Watch {
  const { id, url, runs, changes, events, createdAt, nextRunAt, lastRun } = watch;
  const { views, headers, body, ignore, assertions, confirm } = JSON.parse(watch.options) as WatchOptions;
  const schedule = JSON.parse(watch.schedule) as Schedule;
  const when =
    'everyS' in schedule
      ? { everyS: schedule.everyS, cron: null, timezone: null }
      : { everyS: null, cron: schedule.cron, timezone: schedule.timezone };
  return {
    id,
    url,
    state: watch.isPaused ? 'paused' : 'active',
    ...when,
    jitterS: schedule.jitterS,
    views: Object.keys(views),
    headers,
    body,
    ignore,
    assertions,
    confirm,
    createdAt: createdAt.toISOString(),
    nextRunAt: nextRunAt?.toISOString() ?? null,
    totals: { runs, changes, events },
    lastRun: lastRun === null ? null : runOf({ ...lastRun, startedAt: new Date(lastRun.startedAt) }),
    webhook: webhookAnswer(watch.webhook, secret),
  };
}

function runOf({ startedAt, failed, ...run }: RunRow): WatchRun {
  return { ...run, startedAt: startedAt.toISOString(), failed: JSON.parse(failed) as WatchRun['failed'] };
}
