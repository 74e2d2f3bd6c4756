import { Inject, Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { invalidParameter, ProblemError } from '../api/problem.ts';
import { currentUnderWay } from '../api/under-way.ts';
import type { BatchViewName } from '../batches/batch-views.ts';
import { askedViews } from '../batches/batches.service.ts';
import { parseTargetUrl } from '../fetch/target-url.ts';
import { JobAnswers } from '../jobs/job-answers.service.ts';
import type { Job } from '../jobs/job-store.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import type { Tables } from '../jobs/tables.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { newSecret, webhookAnswer, WebhooksService } from '../webhooks/webhooks.service.ts';
import { beginCrawl } from './crawl-growth.ts';
import { scopeOf } from '../sites/scope.ts';
import { createFinder, type CrawlOptions } from './crawl-options.ts';
import { type CrawlFacts, CrawlStore } from './crawl-store.ts';
import { CRAWL } from './crawl-work.service.ts';
import type { CrawlBody } from './crawl.args.ts';
import type { Crawl, CrawlRemoval, CrawlsAnswer } from './crawl.model.ts';

/** What a crawl is created of. */
type CrawlRequest = Omit<CrawlBody, 'views'> & { views?: Partial<Record<BatchViewName, object | boolean>> | undefined };

/** The columns of results as a table. */
export const CRAWL_COLUMNS = [
  'index',
  'url',
  'depth',
  'foundOn',
  'source',
  'state',
  'status',
  'redirectsTo',
  'mediaType',
  'title',
  'canonical',
  'noindex',
  'nofollow',
  'links',
  'reason',
  'problem.code',
  'problem.detail',
];

@Injectable()
export class CrawlsService {
  readonly answers: JobAnswers<Crawl>;

  constructor(
    private readonly jobs: JobsService,
    private readonly webhooks: WebhooksService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    const describe = (all: readonly Job[]): Promise<Crawl[]> => this.jobs.use((_store, tables) => this.#described(all, tables));
    this.answers = new JobAnswers(jobs, { kind: CRAWL, describe, columns: CRAWL_COLUMNS });
  }

  /**
   * Takes a crawl on: once this returns, each page that it gives out will have a result, whatever ends meanwhile.
   *
   * @param owner - whose it is: the key, or nobody's in particular
   * @throws ProblemError `INVALID_REQUEST`, `QUOTA_EXCEEDED`, `DATABASE_UNAVAILABLE`
   */
  async create(request: CrawlRequest, owner: string): Promise<Crawl> {
    const { url, views = {}, concurrency, perOriginDelayMs, origins, limit, depth, include, exclude, webhook: hook, ...rest } = request;
    const webhook = this.webhooks.webhookOf(hook, CRAWL, owner);
    const { scope, sitemap, robots, nofollow, perPattern, ...target } = rest;
    if (limit > this.settings.CRAWL_MAX_PAGES)
      throw invalidParameter('limit', `may be at most ${String(this.settings.CRAWL_MAX_PAGES)} on this server (CRAWL_MAX_PAGES)`);
    const others = origins.map((origin) => originOf(origin));
    const asked = { include, exclude, scope, sitemap, robots, nofollow, perPattern };
    const start = createFinder({ include: [], exclude: [] })(parseTargetUrl(url));
    if (start === null) throw invalidParameter('url', 'is nothing that can be retrieved', url);
    const options: CrawlOptions = { target, views: askedViews(views), url: start.url, limit, depth, ...asked };
    const within = scopeOf(scope, [new URL(start.url), ...others]);
    const job = await this.jobs.create({
      kind: CRAWL,
      owner,
      caller: currentUnderWay()?.caller ?? '',
      concurrency,
      delayMs: perOriginDelayMs,
      options: JSON.stringify(options),
      items: [{ url: start.url, origin: start.origin }],
      webhook,
      beside: (session, id) => beginCrawl(session, id, start, within),
    });
    const none = { forbidden: 0, waiting: 0, reached: 0, passedOver: [], sitemaps: [] };
    return crawlOf(job, { ...none, known: 1, scope: within }, newSecret(hook, webhook));
  }

  /** Crawls of an owner, newest first. `here` is the URL that was asked. */
  async list(page: { offset: number; limit?: number | undefined }, owner: string, here: string | null): Promise<CrawlsAnswer> {
    const { total, models, next } = await this.answers.list(page, owner, here);
    return { total, crawls: models, next };
  }

  /**
   * Ends a crawl that is not finished; deletes one that is.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async remove(id: string, owner: string): Promise<CrawlRemoval> {
    const { done, job } = await this.answers.remove(id, owner);
    return { done, crawl: job };
  }

  async #described(jobs: readonly Job[], tables: Kysely<Tables>): Promise<Crawl[]> {
    const facts = await new CrawlStore(tables).facts(jobs.map(({ id }) => id));
    return jobs.flatMap((job) => {
      const known = facts.get(job.id);
      return known === undefined ? [] : [crawlOf(job, known)];
    });
  }
}

/** An origin that is given as a URL. */
function originOf(written: string): URL {
  try {
    return parseTargetUrl(written);
  } catch (error) {
    const message = error instanceof ProblemError ? (error.errors[0]?.message ?? error.message) : String(error);
    throw invalidParameter('origins', `${message}: ${JSON.stringify(written)}`);
  }
}

/** A job as it is answered; with the secret that was made for its webhook, where nobody has been told of it yet. */
function crawlOf(
  job: Job,
  { known, forbidden, waiting, reached, scope, passedOver, sitemaps }: CrawlFacts,
  secret: string | null = null,
): Crawl {
  const { id, state, total, succeeded, failed, cancelled, concurrency, delayMs, bytes } = job;
  const { url, limit, depth, views } = JSON.parse(job.options) as CrawlOptions;
  return {
    id,
    url,
    state,
    counts: {
      known,
      pending: total - succeeded - failed - cancelled,
      waiting,
      succeeded: succeeded - forbidden,
      failed,
      forbidden,
      cancelled,
      depth: reached,
    },
    passedOver,
    sitemaps,
    origins: [...scope.origins],
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
    expiresAt: job.expiresAt?.toISOString() ?? null,
    limit,
    depth,
    views: Object.keys(views),
    concurrency,
    perOriginDelayMs: delayMs,
    resultBytes: bytes,
    webhook: webhookAnswer(job.webhook, secret),
  };
}
