import type { Phase } from '../api/problem.ts';
import { FetchError, type FetchErrorCode } from './fetch-error.ts';
import { tlsFault } from './tls-fault.ts';

/** How an error of node:net, node:tls, node:dns or undici is called here; the first row that matches wins. */
const BY_CODE: readonly (readonly [RegExp, FetchErrorCode, string])[] = [
  [/^ECONNREFUSED$/, 'CONNECTION_REFUSED', 'nothing listens there: the connection was refused'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED)$/, 'CONNECTION_RESET', 'the connection was reset by the other side'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'RESPONSE_TOO_LARGE', "the response head is larger than this server's FETCH_MAX_HEADER_BYTES"],
  [
    /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|EPROTO)/,
    'TLS_FAILED',
    'TLS failed',
  ],
  [
    /^(HPE_|UND_ERR_RES|UND_ERR_BODY|ERR_ASSERTION|UND_ERR_INFO|UND_ERR_NOT_SUPPORTED)/,
    'MALFORMED_RESPONSE',
    'the response is not valid HTTP',
  ],
  [/^E[A-Z]+$/, 'CONNECTION_FAILED', 'the connection failed'],
];

/** Why c-ares found no addresses, in words. */
const DNS_FAULTS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such name',
  ENODATA: 'the name has no addresses',
  ESERVFAIL: 'the name servers failed to answer',
  ETIMEOUT: 'the name servers did not answer in time',
  EREFUSED: 'the name servers refused to answer',
  ECONNREFUSED: 'no name server can be reached',
};

function codeOf(error: unknown): string {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: unknown };
  const [first] = Array.isArray(errors) ? (errors as unknown[]) : [];
  return first !== undefined ? codeOf(first) : typeof code === 'string' ? code : '';
}

/** What an error of making a connection is called: the phase says which library it came from. */
export function connectError(error: unknown, phase: Phase, origin: string, isTimeout: boolean): FetchError {
  const context = { url: origin, phase, cause: error };
  if (error instanceof FetchError && error.code !== 'TARGET_TIMEOUT') return error;
  if (isTimeout || error instanceof FetchError)
    return new FetchError('TARGET_TIMEOUT', `no connection in time (${phase}): ${origin}`, context);
  const code = codeOf(error);
  if (phase === 'dns') return new FetchError('DNS_FAILED', `${DNS_FAULTS[code] ?? `name resolution failed (${code})`}: ${origin}`, context);
  if (phase === 'tls') {
    const { words, isCertificate } = tlsFault(code);
    const advice = isCertificate ? '; insecureTls=true retrieves it all the same' : '';
    return new FetchError('TLS_FAILED', `${words}${namesShown(error)}${advice}: ${origin}`, context);
  }
  return exchangeError(error, phase, origin);
}

/** The names of a certificate that is for another host, as far as they are of use. */
function namesShown(error: unknown): string {
  const { cert } = (error ?? {}) as { cert?: { subjectaltname?: string } };
  return cert?.subjectaltname === undefined ? '' : `, for ${cert.subjectaltname.slice(0, 200)}`;
}

/** What any other error of an exchange is called; one that nobody knows is a response that is not valid HTTP. */
export function exchangeError(error: unknown, phase: Phase, url: string): FetchError {
  if (error instanceof FetchError) return error;
  const code = codeOf(error);
  const context = { url, phase, cause: error };
  if (code === 'UND_ERR_SOCKET' || (code === 'ECONNRESET' && phase === 'download')) return closedEarly(error, phase, url);
  const [, name, words] = BY_CODE.find(([pattern]) => pattern.test(code)) ?? [
    null,
    'MALFORMED_RESPONSE' as const,
    'the response is not valid HTTP',
  ];
  // A server that misses the client's certificate says so after the handshake: TLS 1.3.
  if (name === 'TLS_FAILED') return new FetchError(name, `${tlsFault(code).words}: ${url}`, { ...context, phase: 'tls' });
  return new FetchError(name, `${words}${code === '' ? '' : ` (${code})`}: ${url}`, context);
}

/** The other side ended the connection: before an answer, within its head, or within its content. */
function closedEarly(cause: unknown, phase: Phase, url: string): FetchError {
  const context = { url, phase, cause };
  const wasReset = codeOf(cause) === 'ECONNRESET';
  if (phase === 'download') {
    if (wasReset) return new FetchError('CONNECTION_RESET', `the connection was reset before the content was complete: ${url}`, context);
    return new FetchError('MALFORMED_RESPONSE', `the content was cut short: the connection was closed before its end: ${url}`, context);
  }
  return new FetchError('CONNECTION_RESET', `the connection was closed before an answer: ${url}`, context);
}
