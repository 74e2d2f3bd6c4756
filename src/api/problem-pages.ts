import { contractFile } from './contract-files.ts';
import { type OpenApi, problemExamples } from './open-api.ts';
import { PROBLEMS } from './problem.ts';
import type { ProblemType } from './problem-type.model.ts';
import { problemTypes } from './problem-types.ts';

/** The page of the console's build that these are written into: they need no script. */
export const PAGE_NAME = 'docs/problem.html';

/** What is filled into it. */
const PLACES = { title: '<!--title-->', content: '<!--content-->' };

/** What stands in place of that page where the console was not built. */
export const UNBUILT = `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${PLACES.title}</title>\n${PLACES.content}\n</html>\n`;

/** A page about problems: its title, and its content as HTML. */
export interface AboutProblems {
  title: string;
  content: string;
}

/** The page as a whole. */
export function written(page: string, { title, content }: AboutProblems): string {
  return page.replace(PLACES.title, () => escaped(title)).replace(PLACES.content, () => content);
}

/** All problems, a line each. */
export function allProblems(): AboutProblems {
  const { problems } = problemTypes();
  const rows = problems.map(
    ({ code, type, title, status, meaning }) =>
      `<tr><td>${statusChip(status)}</td><th scope="row"><a href="${type}"><code>${code}</code></a></th><td><strong>${escaped(title)}.</strong> ${sentence(meaning)}</td></tr>\n`,
  );
  return {
    title: 'Problem types',
    content: `<h1>Problem types</h1>
<p class="lead">What fails is answered as a problem (RFC 9457): its <code>code</code> is one of these, and its <code>type</code> leads to the page about it. A target's own 404 or 500 is none: it was retrieved, and the answer says so.</p>
<table class="problem-table"><caption class="aside">Every problem, by its status</caption>
<thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>`,
  };
}

/** One problem at length. */
export function oneProblem({ code, title, status, retryable, meaning, causes, advice, example }: ProblemType): AboutProblems {
  const known = Object.keys(PROBLEMS);
  const place = known.indexOf(code);
  const beside = [known[place - 1], known[place + 1]].map((other, index) =>
    other === undefined ? '' : `<a href="/problems/${other}" rel="${index === 0 ? 'prev' : 'next'}"><code>${other}</code></a>`,
  );
  const operations = Object.entries(Object.groupBy(operationsWith(code), ({ path }) => path)).map(
    ([path, methods = []]) =>
      `<li><code>${escaped(path)}</code> ${methods.map(({ method }) => `<a href="/docs#${method === 'GET' ? '' : method}${path}">${method}</a>`).join(' ')}</li>\n`,
  );
  return {
    title: `${title} (${code})`,
    content: `<nav class="crumbs" aria-label="Where this is"><a href="/problems">Problem types</a></nav>
<p class="problem-facts">${statusChip(status)} <code>${code}</code> <span>${
      retryable ? 'The same request may succeed later.' : 'The same request will fail again.'
    }</span></p>
<h1>${escaped(title)}</h1>
<p class="lead">${sentence(meaning)}</p>
<h2>Why it happens</h2>
${list(causes)}
<h2>What to do</h2>
${list(advice)}
<h2>As it is answered</h2>
<pre tabindex="0" aria-label="An example"><code>${coloured(JSON.stringify(example, null, 2))}</code></pre>
<h2>Who answers it</h2>
<ul class="problem-operations">${operations.join('')}</ul>
<nav class="beside" aria-label="Other problems">${beside.join('')}</nav>`,
  };
}

const list = (sentences: readonly string[]): string => `<ul>${sentences.map((one) => `<li>${sentence(one)}</li>`).join('')}</ul>`;
const statusChip = (status: number): string => `<span class="status bad">${String(status)}</span>`;

/** A sentence with `code` and paths of this server in it. */
function sentence(text: string): string {
  return escaped(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/(^|\s)(\/(?:docs|problems|limits))(?=[\s.,;:]|$)/g, '$1<a href="$2">$2</a>');
}

/** JSON in the colours that the console has for it. */
function coloured(json: string): string {
  return json
    .split('\n')
    .map((line) => {
      const [, indent = '', name = '', value = ''] = /^(\s*)("[^"]*": )?(.*)$/.exec(line) ?? [];
      const kind = value.startsWith('"') ? 'string' : /^[\dtfn]/.test(value) ? 'number' : '';
      const shown =
        kind === ''
          ? escaped(value)
          : `<span class="json-${kind}">${escaped(value.replace(/,$/, ''))}</span>${value.endsWith(',') ? ',' : ''}`;
      return `${indent}${name === '' ? '' : `<span class="json-name">${escaped(name.slice(0, -2))}</span>: `}${shown}`;
    })
    .join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

interface Named {
  method: string;
  path: string;
}

let known: Map<string, Named[]> | null = null;

/** The operations that can answer a problem, by the contract, which is read when somebody looks for the first time. */
function operationsWith(code: string): readonly Named[] {
  known ??= occurrences(JSON.parse(contractFile('openapi.json') || '{"paths":{}}') as OpenApi);
  return known.get(code) ?? [];
}

function occurrences(document: OpenApi): Map<string, Named[]> {
  const found = new Map<string, Named[]>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      for (const code of Object.keys(problemExamples(operation, document)))
        found.set(code, [...(found.get(code) ?? []), { method: method.toUpperCase(), path }]);
    }
  }
  return found;
}
