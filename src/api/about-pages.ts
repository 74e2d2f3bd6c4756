import { DEMO_ORIGIN, exampleUrl, VERSION } from '../settings/settings.ts';
import type { Home } from './home.model.ts';
import { PROBLEM_MEANINGS } from './problem-meanings.ts';
import { ProblemError, PROBLEMS, type ProblemCode } from './problem.ts';

const STYLE =
  'body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:4rem auto;padding:0 1rem;color:#1c2430;background:#fff}' +
  'code,pre{font:14px/1.6 ui-monospace,monospace}pre{background:#f2f4f7;padding:1rem;overflow:auto;border-radius:6px}a{color:#0b5cad}' +
  '@media(prefers-color-scheme:dark){body{color:#dde3ea;background:#14181d}pre{background:#1e242b}a{color:#7ab8f5}}';

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style>${content}</html>\n`;
}

/** What the front page is where the console was not built. */
export function unbuiltPage(): string {
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Pagewire</title><h1>Pagewire</h1>' +
    '<p>The console is not built: <code>npm run build</code> does it. <a href="/docs">Every endpoint, with its parameters</a></html>\n'
  );
}

/** The same to programs: where to go from here. `hasDemo` is whether it answers for an origin of its own. */
export function homeLinks(hasDemo: boolean): Home {
  return {
    name: 'Pagewire',
    version: VERSION,
    description: 'Give it a URL, get the page as data, down to the wire.',
    example: `/links?url=${exampleUrl(hasDemo)}`,
    demo: hasDemo ? DEMO_ORIGIN : null,
    documentation: '/docs',
    openApi: '/openapi.json',
    graphql: '/graphql',
    graphqlSchema: '/schema.graphql',
    readiness: '/health/ready',
  };
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
