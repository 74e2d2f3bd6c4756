import type { ProblemCode } from './problem.ts';

/** What each code means and what to do about it, for people. */
export const PROBLEM_MEANINGS: Readonly<Record<ProblemCode, string>> = {
  INVALID_REQUEST: 'The request itself is wrong. `errors` names each parameter and what it must be.',
  INVALID_SELECTOR:
    'The CSS selector cannot be read, or the XPath expression cannot be evaluated. `errors` says why, and of a shape where.',
  UNAUTHORIZED: 'This server wants an API key, as "Authorization: Bearer" or as "X-API-Key".',
  TARGET_FORBIDDEN:
    'Policy forbids the target: it is not public, or its port belongs to another service. Operators allow more with ALLOW_TARGETS.',
  NOT_FOUND: 'There is no such endpoint. /docs lists those that are.',
  SNAPSHOT_NOT_FOUND: 'The snapshot has expired, was displaced, or never was. Ask again with url=.',
  JOB_NOT_FOUND: 'The job has expired, was deleted, never was, or is the job of another API key.',
  METHOD_NOT_ALLOWED: 'The endpoint exists, but not for this method. The Allow field names those that it has.',
  REQUEST_TIMEOUT: 'The request did not come to its end in time. The connection is closed.',
  PAYLOAD_TOO_LARGE: 'The request is larger than this server takes.',
  UNSUPPORTED_MEDIA_TYPE: 'Request bodies are JSON: send "Content-Type: application/json".',
  NOT_A_DOCUMENT: 'The content is not HTML or XML, so it has no elements, links or words. /fetch and /body give it as it is.',
  PARSE_LIMIT_EXCEEDED:
    'Reading the document would take too much time, memory or depth, or its answer would be too large. Ask for less with limit.',
  RATE_LIMITED:
    'Too many requests and retrievals within a minute, or too many keys that are not known here. Retry-After says when to ask again.',
  QUOTA_EXCEEDED: 'There are as many jobs as there may be, or their results take as much room as they may. Finish or delete some.',
  INTERNAL: 'Something went wrong within this server. Its log has more under the requestId.',
  DNS_FAILED: "The target's name could not be resolved.",
  CONNECTION_REFUSED: 'Nothing listens at that address and port.',
  CONNECTION_RESET: 'The target ended the connection before it had answered.',
  CONNECTION_FAILED: 'No connection to the target could be made.',
  TLS_FAILED: 'TLS could not be agreed on, or the certificate is not to be trusted. insecureTls=true retrieves it all the same.',
  MALFORMED_RESPONSE: 'The target did not speak valid HTTP, or its content was cut short.',
  CONTENT_CODING_FAILED: 'The content is not coded as its Content-Encoding says.',
  TOO_MANY_REDIRECTS: 'More redirects than maxRedirects; maxRedirects=0 shows the first one itself.',
  RESPONSE_TOO_LARGE: 'The head or the content is over a limit. maxBytes may raise it as far as the server allows.',
  OVERLOADED: 'This server has too much to do. Retry-After says when to ask again.',
  DATABASE_UNAVAILABLE: 'Jobs need a database, which this server cannot use now. All else is answered. Retry-After says when to ask again.',
  TARGET_TIMEOUT: 'The target did not answer in time; phase says what it was busy with.',
  NOT_CACHED: 'cache=only-if-cached was asked, and no stored response may be used.',
};
