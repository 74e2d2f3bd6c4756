import { FetchError } from './fetch-error.ts';

/** Limits of one exchange. */
export interface ExchangeLimits {
  /** Most bytes of content as coded. */
  maxBytes: number;
  /** Most bytes of all response heads together, informational ones included. */
  maxHeaderBytes: number;
}

/**
 * Most bytes of a body, its chunk framing included: extensions, trailers and tiny chunks make it longer than its content,
 * by as much as the sender likes.
 */
export function mostBodyBytes({ maxBytes, maxHeaderBytes }: ExchangeLimits): number {
  return 2 * maxBytes + maxHeaderBytes;
}

/** A response head, all informational ones counted, is larger than allowed. */
export function headTooLarge({ maxHeaderBytes }: ExchangeLimits, { href }: URL): FetchError {
  const detail = `the response head is larger than ${String(maxHeaderBytes)} bytes: ${href}`;
  return new FetchError('RESPONSE_TOO_LARGE', detail, { url: href, phase: 'firstByte' });
}

/** A content, or the framing around it, is larger than allowed. */
export function contentTooLarge({ maxBytes }: ExchangeLimits, { href }: URL): FetchError {
  const detail = `the content is larger than ${String(maxBytes)} bytes; ask with a larger maxBytes if this server allows it: ${href}`;
  return new FetchError('RESPONSE_TOO_LARGE', detail, { url: href, phase: 'download' });
}

/** A response that is not to be believed. */
export function malformed(fault: string, phase: 'firstByte' | 'download', { href }: URL): FetchError {
  return new FetchError('MALFORMED_RESPONSE', `the response is not valid HTTP: ${fault}: ${href}`, { url: href, phase });
}

/** What is wrong with fields that contradict each other, or themselves, about the end of a body. RFC 9112, section 6.3. */
export const BAD_FRAMING = 'its Content-Length and Transfer-Encoding do not say where it ends';
