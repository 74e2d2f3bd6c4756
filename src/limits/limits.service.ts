import { Inject, Injectable } from '@nestjs/common';
import { bodyLimit } from '../api/json-body.ts';
import { MOST_ENTRIES } from '../api/page.args.ts';
import { MOST_REDIRECTS } from '../api/target.args.ts';
import { MAX_URLS, MOST_CONCURRENT } from '../batches/batch.args.ts';
import { MOST_SITEMAPS } from '../crawls/crawl-options.ts';
import { MOST_DEPTH } from '../crawls/crawl.args.ts';
import { DEFAULT_PARSE_LIMITS } from '../parse/tree-limits.ts';
import { type Settings, VERSION } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { MAX_ANSWER_BYTES } from '../tasks/answer-limit.ts';
import { MOST_CHANGES, MOST_EVENTS, MOST_RUNS } from '../watches/kept.ts';
import { MOST_TRIES } from '../webhooks/retry-schedule.ts';
import type { Limits } from './limits.model.ts';

/** What of the settings a caller may know: nothing of keys, targets, addresses and paths. */
@Injectable()
export class LimitsService {
  readonly limits: Readonly<Limits>;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.limits = Object.freeze({
      version: VERSION,
      keyRequired: settings.API_KEYS !== null,
      demo: settings.DEMO,
      workers: settings.WORKERS,
      snapshotTtlS: settings.SNAPSHOT_TTL_S,
      caller: {
        ratePerMinute: settings.RATE_LIMIT_PER_MINUTE === 0 ? null : settings.RATE_LIMIT_PER_MINUTE,
        requestTimeoutMs: settings.REQUEST_TIMEOUT_MS,
        maxRequestBytes: bodyLimit(settings),
        sendTimeoutMs: settings.SEND_TIMEOUT_MS,
        maxAnswerBytes: MAX_ANSWER_BYTES,
        maxEntries: MOST_ENTRIES,
      },
      retrieval: {
        timeoutMs: settings.FETCH_TIMEOUT_MS,
        maxBytes: settings.FETCH_MAX_BYTES,
        maxHeaderBytes: settings.FETCH_MAX_HEADER_BYTES,
        maxRedirects: MOST_REDIRECTS,
        concurrent: settings.FETCH_MAX_CONCURRENT,
        perOrigin: settings.FETCH_MAX_PER_ORIGIN,
        waiting: settings.FETCH_QUEUE,
      },
      document: { timeoutMs: settings.PARSE_TIMEOUT_MS, memoryMb: settings.PARSE_MEMORY_MB, ...DEFAULT_PARSE_LIMITS },
      jobs: {
        unfinished: settings.JOB_MAX_UNFINISHED,
        kept: settings.JOB_MAX_KEPT,
        ttlS: settings.JOB_TTL_S,
        maxResultBytes: settings.JOB_MAX_RESULT_BYTES,
        perJob: MOST_CONCURRENT,
        concurrent: settings.JOB_CONCURRENCY,
        batchUrls: MAX_URLS,
        crawlPages: settings.CRAWL_MAX_PAGES,
        crawlDepth: MOST_DEPTH,
        crawlSitemaps: MOST_SITEMAPS,
        crawlDelayMs: settings.CRAWL_MAX_DELAY_MS,
      },
      watches: {
        count: settings.WATCH_MAX,
        minIntervalS: settings.WATCH_MIN_INTERVAL_S,
        runs: MOST_RUNS,
        changes: MOST_CHANGES,
        events: MOST_EVENTS,
      },
      webhooks: { timeoutMs: settings.WEBHOOK_TIMEOUT_MS, attempts: MOST_TRIES },
      graphql: {
        retrievals: settings.GRAPHQL_MAX_RETRIEVALS,
        timeoutMs: settings.GRAPHQL_TIMEOUT_MS,
        depth: settings.GRAPHQL_MAX_DEPTH,
        introspection: settings.GRAPHQL_INTROSPECTION,
      },
    });
  }
}
