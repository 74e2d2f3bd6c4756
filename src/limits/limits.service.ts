import { Inject, Injectable } from '@nestjs/common';
import { bodyLimit } from '../api/json-body.ts';
import { MOST_ENTRIES } from '../api/page.args.ts';
import { MOST_REDIRECTS } from '../api/target.args.ts';
import { DEFAULT_PARSE_LIMITS } from '../parse/tree-limits.ts';
import { type Settings, VERSION } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { MAX_ANSWER_BYTES } from '../tasks/answer-limit.ts';
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
      graphql: {
        retrievals: settings.GRAPHQL_MAX_RETRIEVALS,
        timeoutMs: settings.GRAPHQL_TIMEOUT_MS,
        depth: settings.GRAPHQL_MAX_DEPTH,
        introspection: settings.GRAPHQL_INTROSPECTION,
      },
    });
  }
}
