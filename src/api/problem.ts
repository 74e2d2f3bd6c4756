/** What may be answered instead of a result: one entry a code, with its HTTP status, its title and whether asking again can help. */
export const PROBLEMS = {
  INVALID_REQUEST: { status: 400, title: 'Invalid request', retryable: false },
  INVALID_SELECTOR: { status: 400, title: 'Invalid selector', retryable: false },
  UNAUTHORIZED: { status: 401, title: 'API key required', retryable: false },
  TARGET_FORBIDDEN: { status: 403, title: 'Target forbidden by policy', retryable: false },
  NOT_FOUND: { status: 404, title: 'No such endpoint', retryable: false },
  SNAPSHOT_NOT_FOUND: { status: 404, title: 'Snapshot not found', retryable: false },
  JOB_NOT_FOUND: { status: 404, title: 'Job not found', retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method not allowed', retryable: false },
  REQUEST_TIMEOUT: { status: 408, title: 'Request timed out', retryable: true },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'Request too large', retryable: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Unsupported media type', retryable: false },
  NOT_A_DOCUMENT: { status: 422, title: 'Not a document', retryable: false },
  PARSE_LIMIT_EXCEEDED: { status: 422, title: 'Parse limit exceeded', retryable: false },
  RATE_LIMITED: { status: 429, title: 'Too many requests', retryable: true },
  QUOTA_EXCEEDED: { status: 429, title: 'Quota exceeded', retryable: true },
  INTERNAL: { status: 500, title: 'Internal error', retryable: false },
  DNS_FAILED: { status: 502, title: 'Name resolution failed', retryable: true },
  CONNECTION_REFUSED: { status: 502, title: 'Connection refused', retryable: true },
  CONNECTION_RESET: { status: 502, title: 'Connection reset', retryable: true },
  CONNECTION_FAILED: { status: 502, title: 'Connection failed', retryable: true },
  TLS_FAILED: { status: 502, title: 'TLS failed', retryable: false },
  MALFORMED_RESPONSE: { status: 502, title: 'Malformed response', retryable: true },
  CONTENT_CODING_FAILED: { status: 502, title: 'Content coding failed', retryable: false },
  TOO_MANY_REDIRECTS: { status: 502, title: 'Too many redirects', retryable: false },
  RESPONSE_TOO_LARGE: { status: 502, title: 'Response too large', retryable: false },
  OVERLOADED: { status: 503, title: 'Overloaded', retryable: true },
  DATABASE_UNAVAILABLE: { status: 503, title: 'Database unavailable', retryable: true },
  TARGET_TIMEOUT: { status: 504, title: 'Target timed out', retryable: true },
  NOT_CACHED: { status: 504, title: 'Not cached', retryable: false },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

/** The stable name of a cause. */
export type ProblemCode = keyof typeof PROBLEMS;

/** The part of a retrieval or a reading in which it failed. */
export type Phase = 'dns' | 'tcp' | 'tls' | 'request' | 'firstByte' | 'download' | 'decode' | 'parse';

/** A parameter and what is wrong with it. */
export interface ParameterError {
  parameter: string;
  message: string;
}

/** What a {@link ProblemError} carries besides its code and its detail. */
export interface ProblemContext {
  /** The target URL, where there is one. */
  url?: string | undefined;
  phase?: Phase | undefined;
  /** Seconds after which asking again makes sense. */
  retryAfterS?: number | undefined;
  errors?: readonly ParameterError[] | undefined;
  /** The exchanges that did succeed before; what an exchange is, `fetch` knows. */
  exchanges?: readonly object[] | undefined;
  cause?: unknown;
}

/**
 * A failure with a code of {@link PROBLEMS}: the one kind of error that callers see the detail of. `message` is the
 * detail: what failed, on what, and what to do.
 */
export class ProblemError<Code extends ProblemCode = ProblemCode> extends Error {
  override readonly name: string = 'ProblemError';
  readonly code: Code;
  readonly url: string | null;
  readonly phase: Phase | null;
  readonly retryAfterS: number | null;
  readonly errors: readonly ParameterError[];
  readonly exchanges: readonly object[];

  constructor(code: Code, detail: string, context: ProblemContext = {}) {
    super(detail, { cause: context.cause });
    this.code = code;
    this.url = context.url ?? null;
    this.phase = context.phase ?? null;
    this.retryAfterS = context.retryAfterS ?? null;
    this.errors = context.errors ?? [];
    this.exchanges = context.exchanges ?? [];
  }

  /** The same failure, with the exchanges that did succeed before it. */
  after(exchanges: readonly object[]): ProblemError<Code> {
    const { code, message, url, phase, retryAfterS, errors, cause } = this;
    const context = { url: url ?? undefined, phase: phase ?? undefined, retryAfterS: retryAfterS ?? undefined };
    return new ProblemError(code, message, { ...context, errors, exchanges, cause });
  }
}

/** True for an error that has a code of {@link PROBLEMS}. */
export function isProblemError(error: unknown): error is ProblemError {
  return error instanceof ProblemError;
}

/** An `INVALID_REQUEST` about one parameter. */
export function invalidParameter(parameter: string, message: string, url?: string): ProblemError<'INVALID_REQUEST'> {
  return new ProblemError('INVALID_REQUEST', `${parameter}: ${message}`, { url, errors: [{ parameter, message }] });
}

/** Several parameters with the same fault, each named. */
export function invalidParameters(parameters: readonly string[], message: string): ProblemError<'INVALID_REQUEST'> {
  const errors = parameters.map((parameter) => ({ parameter, message }));
  return new ProblemError('INVALID_REQUEST', errors.map(({ parameter }) => `${parameter}: ${message}`).join('; '), { errors });
}
