import { ProblemError, type ProblemCode } from '../api/problem.ts';

/** The causes for which a retrieval fails. */
export type FetchErrorCode = Extract<
  ProblemCode,
  | 'INVALID_REQUEST'
  | 'TARGET_FORBIDDEN'
  | 'SNAPSHOT_NOT_FOUND'
  | 'DNS_FAILED'
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_RESET'
  | 'CONNECTION_FAILED'
  | 'TLS_FAILED'
  | 'MALFORMED_RESPONSE'
  | 'CONTENT_CODING_FAILED'
  | 'TOO_MANY_REDIRECTS'
  | 'RESPONSE_TOO_LARGE'
  | 'TARGET_TIMEOUT'
  | 'NOT_CACHED'
>;

/** A retrieval that failed: the code says why, the phase where, the message on what. */
export class FetchError extends ProblemError<FetchErrorCode> {
  override readonly name = 'FetchError';

  /**
   * The same failure, told of the target URL that was asked for and of the exchanges that led to it: the detail names the
   * one that failed. A refusal by policy tells of none: where a redirect led is not told.
   */
  about(url: string, exchanges: readonly object[]): FetchError {
    const { code, message, phase, retryAfterS, errors } = this;
    return new FetchError(code, message, {
      url,
      phase: phase ?? undefined,
      retryAfterS: retryAfterS ?? undefined,
      errors,
      exchanges: code === 'TARGET_FORBIDDEN' ? [] : exchanges,
      cause: this.cause,
    });
  }
}

/** What reads the content of a snapshot that has none is told so. */
export function headAlone({ id, url }: { id: string; url: string }): FetchError {
  const detail = `snapshot ${id} holds a response head alone, since /headers does not read the content; ask again with url=${url}`;
  return new FetchError('SNAPSHOT_NOT_FOUND', detail, { url });
}
