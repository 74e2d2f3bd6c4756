import { type ProblemCode, ProblemError } from './problem.ts';

const TARGET = 'http://example.com/';
const SECURE = 'https://example.com/';

/** One error of each code, as callers meet it: what the contract shows. */
export const PROBLEM_EXAMPLES: Readonly<Record<ProblemCode, ProblemError>> = {
  INVALID_REQUEST: new ProblemError('INVALID_REQUEST', 'limit must be a whole number from 1 to 100000', {
    errors: [{ parameter: 'limit', message: 'must be a whole number from 1 to 100000' }],
  }),
  INVALID_SELECTOR: new ProblemError('INVALID_SELECTOR', 'the selector "a[" cannot be read', { url: TARGET, phase: 'parse' }),
  UNAUTHORIZED: new ProblemError(
    'UNAUTHORIZED',
    'an API key is required: send it as "Authorization: Bearer <key>" or as "X-API-Key: <key>"',
  ),
  TARGET_FORBIDDEN: new ProblemError(
    'TARGET_FORBIDDEN',
    "port 25 is SMTP's, and the Fetch standard keeps it from HTTP: http://example.com:25/",
    { url: 'http://example.com:25/' },
  ),
  NOT_FOUND: new ProblemError('NOT_FOUND', 'there is no endpoint /nowhere; /docs lists those that are'),
  SNAPSHOT_NOT_FOUND: new ProblemError(
    'SNAPSHOT_NOT_FOUND',
    'no snapshot "p7Yf3v0bq1yQ8o2JmVwQ1g" is kept here: snapshots live 600 s, or less when memory is short; ask again with url=',
  ),
  JOB_NOT_FOUND: new ProblemError(
    'JOB_NOT_FOUND',
    'there is no batch "p7Yf3v0bq1yQ8o2JmVwQ1g": it has expired, was deleted, never was, or is of another API key',
  ),
  METHOD_NOT_ALLOWED: new ProblemError('METHOD_NOT_ALLOWED', '/links takes GET and HEAD and POST, not PUT'),
  REQUEST_TIMEOUT: new ProblemError(
    'REQUEST_TIMEOUT',
    'the request did not come to its end in time (REQUEST_TIMEOUT_MS, 10 s at most for its head)',
  ),
  PAYLOAD_TOO_LARGE: new ProblemError('PAYLOAD_TOO_LARGE', 'Request body is too large'),
  UNSUPPORTED_MEDIA_TYPE: new ProblemError('UNSUPPORTED_MEDIA_TYPE', 'request bodies are JSON: send "Content-Type: application/json"'),
  NOT_A_DOCUMENT: new ProblemError(
    'NOT_A_DOCUMENT',
    'the content is image/jpeg, which has no text to read; /body gives it as it is: http://example.com/cover.jpg',
    { url: 'http://example.com/cover.jpg', phase: 'parse' },
  ),
  PARSE_LIMIT_EXCEEDED: new ProblemError(
    'PARSE_LIMIT_EXCEEDED',
    `reading ${TARGET} takes more than 5000 ms; who runs this server may allow more (PARSE_TIMEOUT_MS)`,
    {
      url: TARGET,
      phase: 'parse',
    },
  ),
  RATE_LIMITED: new ProblemError(
    'RATE_LIMITED',
    'the requests and retrievals of this minute are used up, 120 a minute (RATE_LIMIT_PER_MINUTE); ask again in 42 s',
    { retryAfterS: 42 },
  ),
  QUOTA_EXCEEDED: new ProblemError(
    'QUOTA_EXCEEDED',
    '16 of your jobs are not finished, the most there may be (JOB_MAX_UNFINISHED); wait for one of them, or cancel one',
    { retryAfterS: 10 },
  ),
  INTERNAL: new ProblemError('INTERNAL', 'something went wrong within this server; its log has more under this requestId'),
  DNS_FAILED: new ProblemError('DNS_FAILED', 'no such name: http://no-such-name.example/', {
    url: 'http://no-such-name.example/',
    phase: 'dns',
  }),
  CONNECTION_REFUSED: new ProblemError(
    'CONNECTION_REFUSED',
    `nothing listens there: the connection was refused (ECONNREFUSED): http://example.com:8080`,
    { url: 'http://example.com:8080/', phase: 'tcp' },
  ),
  CONNECTION_RESET: new ProblemError('CONNECTION_RESET', `the connection was closed before an answer: ${TARGET}`, {
    url: TARGET,
    phase: 'firstByte',
  }),
  CONNECTION_FAILED: new ProblemError('CONNECTION_FAILED', 'the connection failed (EHOSTUNREACH): http://example.com:80', {
    url: TARGET,
    phase: 'tcp',
  }),
  TLS_FAILED: new ProblemError(
    'TLS_FAILED',
    'the certificate, or one of its authorities, has expired (CERT_HAS_EXPIRED); insecureTls=true retrieves it all the same: https://example.com:443',
    { url: SECURE, phase: 'tls' },
  ),
  MALFORMED_RESPONSE: new ProblemError(
    'MALFORMED_RESPONSE',
    `the content was cut short: the connection was closed before its end: ${TARGET}`,
    { url: TARGET, phase: 'download' },
  ),
  CONTENT_CODING_FAILED: new ProblemError(
    'CONTENT_CODING_FAILED',
    `the content is declared to be gzip, but cannot be undone (incorrect header check): ${TARGET}`,
    { url: TARGET, phase: 'decode' },
  ),
  TOO_MANY_REDIRECTS: new ProblemError(
    'TOO_MANY_REDIRECTS',
    `more than 10 redirects, the last to come from http://example.com/again: ${TARGET}`,
    { url: TARGET, phase: 'firstByte' },
  ),
  RESPONSE_TOO_LARGE: new ProblemError(
    'RESPONSE_TOO_LARGE',
    `the content is larger than 1048576 bytes; ask with a larger maxBytes if this server allows it: ${TARGET}`,
    { url: TARGET, phase: 'download' },
  ),
  OVERLOADED: new ProblemError('OVERLOADED', 'no place for this retrieval came free within 5000 ms; ask again in a moment', {
    retryAfterS: 1,
  }),
  DATABASE_UNAVAILABLE: new ProblemError(
    'DATABASE_UNAVAILABLE',
    'the database of jobs cannot be reached (ECONNREFUSED); all else is answered; ask again in a moment',
    { retryAfterS: 5 },
  ),
  TARGET_TIMEOUT: new ProblemError('TARGET_TIMEOUT', `no answer within 1000 ms (firstByte): ${TARGET}`, {
    url: TARGET,
    phase: 'firstByte',
  }),
  NOT_CACHED: new ProblemError('NOT_CACHED', `no stored response may be used; ask again without cache=only-if-cached: ${TARGET}`, {
    url: TARGET,
  }),
};
