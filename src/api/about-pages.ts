import { PROBLEM_MEANINGS } from './problem-meanings.ts';
import { ProblemError, PROBLEMS, type ProblemCode } from './problem.ts';

const STYLE =
  'body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:4rem auto;padding:0 1rem;color:#1c2430;background:#fff}' +
  'code,pre{font:14px/1.6 ui-monospace,monospace}pre{background:#f2f4f7;padding:1rem;overflow:auto;border-radius:6px}a{color:#0b5cad}' +
  '@media(prefers-color-scheme:dark){body{color:#dde3ea;background:#14181d}pre{background:#1e242b}a{color:#7ab8f5}}';

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style>${content}</html>\n`;
}

/** The front page: where to go from here. */
export function homePage(): string {
  return page(
    'Pagewire',
    '<h1>Pagewire</h1><p>Give it a URL, get the page as data, down to the wire.</p>' +
      '<pre>GET /links?url=https://example.com/\nGET /headers?url=https://example.com/\nGET /fetch?url=https://example.com/\nGET /metadata?url=https://example.com/\nGET /wordcount?url=https://example.com/</pre>' +
      '<ul><li><a href="/docs">Every endpoint, with its parameters</a><li><a href="/openapi.json">OpenAPI</a>' +
      '<li><a href="/schema.graphql">GraphQL schema</a>, served at <code>POST /graphql</code><li><a href="/health/ready">Readiness</a></ul>',
  );
}

/**
 * The page that a problem's `type` points at.
 *
 * @throws ProblemError `NOT_FOUND` for a code that does not exist.
 */
export function problemPage(code: string): string {
  if (!Object.hasOwn(PROBLEMS, code)) throw new ProblemError('NOT_FOUND', `no problem has the code ${JSON.stringify(code.slice(0, 80))}`);
  const known = code as ProblemCode;
  const { status, title, retryable } = PROBLEMS[known];
  const advice = retryable ? 'The same request may succeed later.' : 'The same request will fail again.';
  return page(
    known,
    `<h1>${title}</h1><p><code>${known}</code>, HTTP status ${String(status)}. ${advice}</p><p>${PROBLEM_MEANINGS[known].replaceAll('"', '&quot;')}</p>`,
  );
}
