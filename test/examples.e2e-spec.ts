import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where the pages of the examples are; here the origin has them. */
const HOST = 'http://data.pr4e.org';
const README = readFileSync(join(ROOT, 'examples/graphql/README.md'), 'utf8');
const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** Each command, and what it is said to print. */
const EXAMPLES = [...README.matchAll(/```sh\n(.*?)\n```\n\n```(json|text)\n(.*?)```/gs)].map(
  ([, command = '', form = '', printed = '']) => ({ command, form, printed }),
);

describe('the examples of the graph', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  /** What a command prints; links of these pages name their host. */
  async function printedBy(command: string): Promise<string> {
    const env = { ...process.env, PAGEWIRE: retrieval.app.url };
    const { stdout } = await run('bash', ['-c', command.replaceAll(HOST, retrieval.origin.url)], { cwd: ROOT, env });
    return stdout.replaceAll(retrieval.origin.url, HOST);
  }

  it('are there', () => {
    expect(EXAMPLES.length).toBe(README.split('```sh').length - 1);
    expect(EXAMPLES.length).toBeGreaterThan(4);
  });

  it.each(EXAMPLES)('print what they say: $command', async ({ command, form, printed }) => {
    if (command.includes('/curl/') && !hasCurl) return;
    const stdout = await printedBy(command);
    if (form === 'json') expect(JSON.parse(stdout)).toEqual(JSON.parse(printed));
    else expect(stdout).toBe(printed);
  });

  it('have their types of the schema as it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pagewire-types-'));
    try {
      const output = join(folder, 'schema.d.ts');
      const cli = join(ROOT, 'node_modules/gql.tada/bin/cli.js');
      await run(process.execPath, [cli, 'generate-output', '--tsconfig', 'examples/graphql/tsconfig.json', '--output', output], {
        cwd: ROOT,
      });
      // Where it differs, `npm run contract` was not run.
      expect(readFileSync(join(ROOT, 'examples/graphql/schema.d.ts'), 'utf8')).toBe(readFileSync(output, 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
