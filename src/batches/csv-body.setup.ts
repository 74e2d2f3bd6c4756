import type { FastifyInstance } from 'fastify';
import { invalidParameter, ProblemError } from '../api/problem.ts';

/** Where a list of URLs may be sent as a file, and what of its query says how the answer comes. */
const PATH = '/batches';
const OF_ANSWER: ReadonlySet<string> = new Set(['wait', 'stream']);
/** Parameters that are text, also where they look like something else. */
const TEXTS: ReadonlySet<string> = new Set(['userAgent', 'acceptLanguage', 'encoding', 'cache']);

/**
 * Takes `text/csv` as the body of `POST /batches`, and nowhere else: it becomes the JSON body that says the same, whose other members then
 * stand in the query.
 */
export function readCsvBodies(server: FastifyInstance): void {
  server.addContentTypeParser<Buffer>('text/csv', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (request.routeOptions.url !== PATH) {
      done(new ProblemError('UNSUPPORTED_MEDIA_TYPE', 'request bodies are JSON: send "Content-Type: application/json"'), undefined);
      return;
    }
    try {
      done(null, bodyOf(bytes.toString(), request.query as Readonly<Record<string, unknown>>));
    } catch (error) {
      done(error as Error, undefined);
    }
  });
  server.addHook('preValidation', (request, _reply, done) => {
    if (request.routeOptions.url === PATH && /^text\/csv\b/i.test(request.headers['content-type'] ?? '')) {
      const query = Object.entries(request.query as object).filter(([name]) => OF_ANSWER.has(name));
      request.query = Object.fromEntries(query);
    }
    done();
  });
}

function bodyOf(csv: string, query: Readonly<Record<string, unknown>>): object {
  const others = Object.entries(query).filter(([name]) => !OF_ANSWER.has(name));
  return { ...Object.fromEntries(others.map(([name, value]) => [name, valueOf(name, value)])), csv };
}

/** The webhook is a URL, or an object with one. */
function isUrl(name: string, value: string): boolean {
  return name === 'webhook' && !value.startsWith('{');
}

/** A number, a boolean or an object that stands in a query. */
function valueOf(name: string, value: unknown): unknown {
  if (typeof value !== 'string' || TEXTS.has(name) || isUrl(name, value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    throw invalidParameter(name, 'must be JSON, such as {"links":{}}: beside a file, parameters stand in the query');
  }
}
