import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '../api/metrics.ts';
import { nextUrl } from '../api/next-url.ts';
import { invalidParameter, isProblemError, ProblemError } from '../api/problem.ts';
import { randomId } from '../api/random-id.ts';
import { currentUnderWay } from '../api/under-way.ts';
import { FetchService } from '../fetch/fetch.service.ts';
import type { Reply } from '../fetch/post-message.ts';
import { backlogOf, NONE } from '../jobs/backlog.ts';
import { DueLoop } from '../jobs/due-loop.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import type { NewWebhook, WebhookFacts } from '../jobs/outbox.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import {
  type AttemptRow,
  type DeliveriesWanted,
  type DeliveryRow,
  DeliveryStore,
  type DueDelivery,
  type Verdict,
} from './delivery-store.ts';
import { type Announcer, EVENT_TYPES } from './event-types.ts';
import { pauseAfter } from './retry-schedule.ts';
import { makeSecret, signatureFields } from './sign.ts';
import type { SecretRotation, WebhookBody } from './webhook.args.ts';
import type { DeliveriesAnswer, Delivery, WebhookAnswer } from './webhook.model.ts';

/** Deliveries of this process at a time. */
const MOST_AT_ONCE = 16;
/** Milliseconds between two looks when nothing is due. */
const POLL_MS = 1000;
/** Seconds beyond its time for which a delivery is left to who has it, and for which one waits that there was no room for. */
const GRACE_S = 15;
const AGAIN_S = 2;

/** Tells others what becomes of jobs, by Standard Webhooks: signed, tried for more than a day, and written down. */
@Injectable()
export class WebhooksService {
  #loop: DueLoop<DueDelivery> | null = null;

  constructor(
    private readonly jobs: JobsService,
    private readonly fetch: FetchService,
    private readonly metrics: Metrics,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    metrics.watchBacklog('webhook_deliveries', 'Deliveries', () => jobs.glance(NONE, (tables) => backlogOf(tables, 'delivery', 'due_at')));
    jobs.attend(async (tables, isAlone) => {
      const store = new DeliveryStore(tables);
      if (isAlone) await store.releaseAll();
      this.#loop = new DueLoop({
        take: (most, aheadMs) => store.take(most, aheadMs, settings.WEBHOOK_TIMEOUT_MS / 1000 + GRACE_S),
        work: (due, signal) => this.#deliver(store, due, signal),
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
   * A webhook that a caller asks for, with a secret, to be created with what it is to tell of.
   *
   * @throws FetchError `INVALID_REQUEST` that names the member, `TARGET_FORBIDDEN`
   */
  webhookOf(asked: WebhookBody | undefined, announcer: Announcer, owner: string): NewWebhook | null {
    if (asked === undefined) return null;
    const { url, secret = makeSecret(), events = null } = asked;
    const types: readonly string[] = EVENT_TYPES[announcer];
    const unknown = events?.find((type) => !types.includes(type));
    if (unknown !== undefined) throw invalidParameter('webhook.events', `has no ${JSON.stringify(unknown)}; there are ${types.join(', ')}`);
    try {
      this.fetch.messageUrl(url);
    } catch (error) {
      if (!isProblemError(error) || error.code !== 'INVALID_REQUEST') throw error;
      throw invalidParameter('webhook.url', error.errors[0]?.message ?? error.message);
    }
    return { id: randomId(16), owner, caller: currentUnderWay()?.caller ?? '', url, secret, events };
  }

  /** Deliveries of an owner, newest first. `here` is the URL that was asked. */
  async list(wanted: Partial<DeliveriesWanted> & { offset: number }, owner: string, here: string | null): Promise<DeliveriesAnswer> {
    const { of = null, state = null, limit = null, offset } = wanted;
    const none = { total: 0, deliveries: [] as DeliveryRow[] };
    const { total, deliveries } = await this.jobs.look(none, (_store, tables) =>
      new DeliveryStore(tables).list(owner, { of, state, limit, offset }),
    );
    return { total, deliveries: deliveries.map(deliveryOf), next: nextUrl(here, { limit: limit ?? undefined, offset }, total) };
  }

  /**
   * A delivery.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async find(id: string, owner: string): Promise<Delivery> {
    const delivery = await this.jobs.look(null, (_store, tables) => new DeliveryStore(tables).find(id, owner));
    if (delivery !== null) return deliveryOf(delivery);
    const detail = `there is no delivery ${JSON.stringify(id)}: what it told of has expired or was deleted, it never was, or is of another API key`;
    throw new ProblemError('JOB_NOT_FOUND', detail);
  }

  /**
   * Tries a delivery again now, whatever became of it, and from the beginning of the schedule.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async replay(id: string, owner: string): Promise<Delivery> {
    await this.find(id, owner);
    await this.jobs.commit((_store, tables) => new DeliveryStore(tables).replay(id));
    this.#loop?.wake();
    return this.find(id, owner);
  }

  /**
   * Gives a webhook a new secret, which is told once where it is made here. Those before it sign beside it for so many seconds at most.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async rotate(id: string, { secret, gracePeriodS }: SecretRotation, owner: string): Promise<WebhookAnswer> {
    const next = secret ?? makeSecret();
    const webhook = await this.jobs.look(null, (_store, tables) => new DeliveryStore(tables).rotate(id, owner, next, gracePeriodS));
    const answer = webhookAnswer(webhook, secret === undefined ? next : null);
    if (answer !== null) return answer;
    const detail = `there is no webhook ${JSON.stringify(id)}: what it belonged to has expired or was deleted, it never was, or is of another API key`;
    throw new ProblemError('JOB_NOT_FOUND', detail);
  }

  /** Makes the attempts that are due in so many milliseconds, and waits for their end. */
  async deliverDue(aheadMs: number): Promise<void> {
    await this.jobs.use(() => Promise.resolve());
    await this.#loop?.pass(aheadMs);
  }

  async #deliver(store: DeliveryStore, due: DueDelivery, signal: AbortSignal): Promise<void> {
    const startedAt = new Date();
    const start = performance.now();
    const outcome = await this.#attempt(due, signal).catch((error: unknown) => {
      if (isProblemError(error)) return error;
      if (!signal.aborted) throw error;
      return null;
    });
    if (outcome === null) {
      await store.release(due, 0);
      return;
    }
    if (outcome instanceof ProblemError && outcome.code === 'OVERLOADED') {
      await store.release(due, AGAIN_S);
      return;
    }
    const attempt = { startedAt, tookMs: performance.now() - start, ...told(outcome) };
    const verdict = verdictOf(outcome, due.tries + 1);
    this.metrics.countAttempt(verdict.kind);
    await store.record(due, attempt, verdict);
  }

  #attempt({ id, url, secrets, body, caller }: DueDelivery, signal: AbortSignal): Promise<Reply> {
    const headers = [
      { name: 'User-Agent', value: this.settings.USER_AGENT },
      { name: 'Content-Type', value: 'application/json' },
      ...signatureFields(secrets, id, new Date(), body),
    ];
    const message = { url: new URL(url), headers, content: Buffer.from(body), timeoutMs: this.settings.WEBHOOK_TIMEOUT_MS };
    return this.fetch.post(message, `job of ${caller}`, signal);
  }
}

/** A webhook as it is answered; its secret is told where it was made for this answer alone. */
export function webhookAnswer(webhook: WebhookFacts | null, secret: string | null): WebhookAnswer | null {
  if (webhook === null) return null;
  const { id, url, events, previousSecretUntil, disabledAt } = webhook;
  return { id, url, events, secret, previousSecretUntil: timeOf(previousSecretUntil), disabledAt: timeOf(disabledAt) };
}

/** A time as the database writes it in JSON. */
function timeOf(written: string | null): string | null {
  return written === null ? null : new Date(written).toISOString();
}

/** The secret of a webhook that has just been created, where it was made here: who asked is to be told. */
export function newSecret(asked: WebhookBody | undefined, webhook: NewWebhook | null): string | null {
  return asked?.secret === undefined ? (webhook?.secret ?? null) : null;
}

/** What an attempt came to, as it is written down. */
function told(outcome: Reply | ProblemError): Omit<AttemptRow, 'number' | 'startedAt' | 'tookMs'> {
  if (outcome instanceof ProblemError) return { status: null, code: outcome.code, detail: outcome.message, answer: null };
  const { status, beginning } = outcome;
  return { status, code: null, detail: faultOf(status), answer: beginning };
}

function faultOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status === 410) return 'the receiver wants nothing any more (410): nothing else is told there';
  if (status >= 300 && status < 400)
    return `the receiver redirects (${String(status)}), which is not followed: give the URL that it leads to`;
  return `the receiver answered ${String(status)}: a status from 200 to 299 says that it was taken`;
}

function verdictOf(outcome: Reply | ProblemError, tries: number): Verdict {
  if (!(outcome instanceof ProblemError)) {
    if (outcome.status >= 200 && outcome.status < 300) return { kind: 'delivered' };
    if (outcome.status === 410) return { kind: 'gone' };
  }
  const inS = pauseAfter(tries, outcome instanceof ProblemError ? null : outcome.retryAfterS, Math.random());
  return inS === null ? { kind: 'failed' } : { kind: 'again', inS };
}

function deliveryOf({ body, createdAt, nextAttemptAt, finishedAt, attempts, ...delivery }: DeliveryRow): Delivery {
  return {
    ...delivery,
    createdAt: createdAt.toISOString(),
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    attempts: attempts.map((attempt) => ({ ...attempt, startedAt: new Date(attempt.startedAt).toISOString() })),
    body: JSON.parse(body) as object,
  };
}
