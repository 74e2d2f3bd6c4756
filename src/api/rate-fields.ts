import type { Standing } from './rate-limit.ts';

/**
 * Where a caller stands, as header fields: those of the IETF's draft, whose policy names the quota and its window of 60
 * seconds, and the `X-RateLimit` ones of before.
 * https://www.ietf.org/archive/id/draft-ietf-httpapi-ratelimit-headers-10.html
 *
 * @param policy - what is counted
 */
export function rateFields(policy: string, { quota, remaining, resetS }: Standing): Record<string, string> {
  return {
    RateLimit: `"${policy}";r=${String(remaining)};t=${String(resetS)}`,
    'RateLimit-Policy': `"${policy}";q=${String(quota)};w=60`,
    'X-RateLimit-Limit': String(quota),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(resetS),
  };
}
