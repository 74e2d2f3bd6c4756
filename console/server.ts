import type { Problem } from './contract.ts';

/** What is told of what failed; of a server that was not reached there is no problem. */
export class Failure extends Error {
  readonly title: string;
  readonly problem: Problem | null;
  /** Seconds after which asking again makes sense, where the server says so: RFC 9110, 10.2.3. */
  readonly retryAfterS: number | null;

  constructor(title: string, detail: string, problem: Problem | null, retryAfterS: number | null = null) {
    super(detail);
    this.title = title;
    this.problem = problem;
    this.retryAfterS = retryAfterS;
  }

  get code(): Problem['code'] | null {
    return this.problem?.code ?? null;
  }
}

/** A request to this server. Members that are undefined are not sent. */
export interface ApiRequest {
  path: string;
  query?: Readonly<Record<string, Value>>;
  /** Sent as JSON, in a POST unless `method` says otherwise. */
  body?: object;
  /** Where it is neither a GET nor a POST of `body`. */
  method?: 'PATCH' | 'DELETE';
  /** The media type that is wanted, where there is a choice. */
  accept?: string;
}

export type Value = string | number | boolean | readonly string[] | undefined;

const KEY = 'pagewire.key';

/** The API key, kept for as long as the tab is open and in it alone. */
export const apiKey = {
  get: (): string | null => sessionStorage.getItem(KEY),
  set: (key: string): void => {
    sessionStorage.setItem(KEY, key);
  },
  forget: (): void => {
    sessionStorage.removeItem(KEY);
  },
};

/** The query of a URL, with its question mark; lists are one value with commas in it. */
export function queryString(query: ApiRequest['query'] = {}): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (entries.length === 0) return '';
  return `?${readable(new URLSearchParams(entries.map(([name, value]): [string, string] => [name, String(value)])))}`;
}

/** A query, or a fragment, with what need not be escaped in it as it is: URLs stay legible. */
export function readable(query: URLSearchParams): string {
  return query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',');
}

/** The method of a request. */
export const methodOf = ({ method, body }: ApiRequest): string => method ?? (body === undefined ? 'GET' : 'POST');

/** Sends a request and gives its answer back as it came. @throws Failure where it was refused or never answered. */
export async function send(request: ApiRequest, signal: AbortSignal): Promise<Response> {
  const response = await reach(request, signal);
  if (response.ok) return response;
  throw await failureOf(response);
}

/** The same, whatever its status is. @throws Failure where it was never answered. */
export async function reach(request: ApiRequest, signal: AbortSignal): Promise<Response> {
  const { path, query, body, accept } = request;
  const key = apiKey.get();
  const headers = {
    ...(key !== null && { Authorization: `Bearer ${key}` }),
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(accept !== undefined && { Accept: accept }),
  };
  const init = { method: methodOf(request), ...(body !== undefined && { body: JSON.stringify(body) }) };
  try {
    return await fetch(path + queryString(query), { ...init, headers, signal, cache: 'no-store' });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Failure(
      'This server does not answer',
      'It may have stopped, or the connection to it is lost. Start it, then ask again.',
      null,
    );
  }
}

/** The JSON that a request is answered with. @throws Failure */
export async function ask<Answer>(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
  const response = await send(request, signal);
  return (await response.json()) as Answer;
}

/** What is told of a problem. */
export function problemFailure(problem: Problem, retryAfterS: number | null = null): Failure {
  return new Failure(problem.title, problem.detail, problem, retryAfterS);
}

/** Seconds that a `Retry-After` field says; null where it says none. */
export function retryAfterOf(value: string | null | undefined): number | null {
  return value != null && /^\d{1,6}$/.test(value) ? Number(value) : null;
}

/** What is told of whatever went wrong. A connection that ends within an answer is a TypeError: https://fetch.spec.whatwg.org/#concept-body-consume-body */
export function failureFrom(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof TypeError) return brokenOff();
  return new Failure('The answer could not be read', String(error), null);
}

/** What is told where an answer has no end. */
export function brokenOff(): Failure {
  return new Failure('The answer broke off', 'The connection to this server ended before the answer did. Ask again.', null);
}

async function failureOf(response: Response): Promise<Failure> {
  if (response.headers.get('Content-Type')?.startsWith('application/problem+json') === true) {
    return problemFailure((await response.json()) as Problem, retryAfterOf(response.headers.get('Retry-After')));
  }
  // Whatever stands before this server has answered in its place.
  return new Failure(
    `HTTP status ${String(response.status)}`,
    `${response.statusText || 'No reason was given'}: it is no answer of Pagewire.`,
    null,
  );
}
