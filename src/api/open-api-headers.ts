import { isOpenPath, isUncountedPath } from './caller.ts';
import { CONTENT_HEADERS } from './content-headers.ts';
import { type Header, membersOf, type OpenApi, type Operation, type Reference, type Response } from './open-api.ts';

/** The request that examples are about. */
export const REQUEST_ID = 'lq3vJ0c1T7y2';

/** Header fields of ours, by the name under which answers refer to them. */
export const HEADERS: Readonly<Record<string, Header>> = {
  'X-Request-Id': {
    required: true,
    description: 'Id of the request, as in the `requestId` of a problem and in the log.',
    schema: { type: 'string', examples: [REQUEST_ID] },
  },
  'Retry-After': {
    required: true,
    description: 'Seconds after which asking again makes sense.',
    schema: { type: 'integer', minimum: 1, examples: [42] },
  },
  'WWW-Authenticate': {
    required: true,
    description: 'How to show a key.',
    schema: { type: 'string', examples: ['Bearer realm="pagewire"'] },
  },
  RateLimit: {
    description:
      'What is left to this caller, as it stood when the answer left: `r` requests and retrievals, and seconds `t` until there are more. On a server that limits rates; so are the next four.',
    schema: { type: 'string', examples: ['"default";r=119;t=60'] },
  },
  'RateLimit-Policy': {
    description:
      'The quota: `q` within any `w` seconds. A request costs 1, each retrieval beyond its first 1 more; what comes from the cache or from a snapshot is none.',
    schema: { type: 'string', examples: ['"default";q=120;w=60'] },
  },
  'X-RateLimit-Limit': { description: 'The quota of a minute.', schema: { type: 'integer', examples: [120] } },
  'X-RateLimit-Remaining': { description: 'What is left of it.', schema: { type: 'integer', examples: [119] } },
  'X-RateLimit-Reset': { description: 'Seconds until there is more.', schema: { type: 'integer', examples: [60] } },
  ETag: {
    required: true,
    description: 'Tag of this answer, for `If-None-Match`.',
    schema: { type: 'string', examples: ['W/"Wq3vJ0c1T7y2lq3vJ0c1T7"'] },
  },
  'Cache-Control': {
    required: true,
    description: 'How this answer may be used again.',
    schema: { type: 'string', examples: ['private, no-cache'] },
  },
  Link: {
    description:
      'The snapshot that an answer was read off, and its other forms (RFC 8288). Where it is exactly one. Of an answer in the formats of lists also its `next` part, unless its URL is longer than 4,096 characters.',
    schema: { type: 'string', examples: ['</snapshots/p7Yf3v0bq1yQ8o2JmVwQ1g>; rel="via"; type="application/json"'] },
  },
  'Cache-Status': {
    description: 'What the cache did for it (RFC 9211). Where the answer is about exactly one target.',
    schema: { type: 'string', examples: ['pagewire; hit; ttl=60'] },
  },
  Vary: { required: true, description: 'What the form of the answer depends on.', schema: { type: 'string', examples: ['Accept'] } },
  'Pagewire-Total': {
    required: true,
    description: 'How many entries the list has in all.',
    schema: { type: 'integer', minimum: 0, examples: [1] },
  },
  ...CONTENT_HEADERS,
  'Server-Timing': {
    description:
      'What took how long, in milliseconds: the phases of retrieving, and `parse`; and what the cache had. Where a target was asked.',
    schema: {
      type: 'string',
      examples: ['cache;desc=miss, dns;dur=1.2, tcp;dur=8.0, firstByte;dur=20.4, download;dur=3.1, total;dur=33.0'],
    },
  },
};

/** The fields of {@link HEADERS} about the rate of a caller. */
export const RATE = ['RateLimit', 'RateLimit-Policy', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];

/** Header fields of {@link HEADERS}. */
export function headerRefs(...names: readonly string[]): Record<string, Reference> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** The fields of ours that a successful answer has, or may have, by what the operation takes. */
export function answerHeaders(path: string, verb: string, operation: Operation, document: OpenApi): Record<string, Reference> {
  const isAboutTarget = takesTarget(operation, document) || path.startsWith('/snapshots/') || path === '/graphql';
  return headerRefs(
    'X-Request-Id',
    ...(isOpenPath(path) || isUncountedPath(path) ? [] : RATE),
    ...(isAboutTarget ? ['Link', 'Cache-Status', 'Server-Timing'] : []),
    ...(isTagged(path, verb, operation, document) ? ['ETag', 'Cache-Control'] : []),
  );
}

/** True of an answer that may be asked for again by its tag. */
function isTagged(path: string, verb: string, operation: Operation, document: OpenApi): boolean {
  if (verb !== 'get') return false;
  return takesTarget(operation, document) || /^\/(snapshots\/|encode$|decode$|openapi\.json$|schema\.graphql$)/.test(path);
}

/** The answer to `If-None-Match`, of operations whose answers have a tag. */
export function unchangedAnswer(path: string, verb: string, operation: Operation, document: OpenApi): Record<string, Response> {
  if (!isTagged(path, verb, operation, document)) return {};
  const headers = answerHeaders(path, verb, operation, document);
  return { 304: { description: 'The answer is the one that `If-None-Match` names.', headers } };
}

function takesTarget(operation: Operation, document: OpenApi): boolean {
  const members = membersOf(operation, document);
  return members.includes('snapshot') || members.includes('variants');
}
