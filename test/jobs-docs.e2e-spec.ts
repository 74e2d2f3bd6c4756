import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';

/** Each command of a document, and what it answers. */
function examplesOf(name: string): { command: string; type: string; answer: string }[] {
  const text = readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8');
  return [...text.matchAll(/```sh\n([^]*?)```\n\n```(json|text)\n([^]*?)\n```\n/g)].map(([, command = '', type = '', answer = '']) => ({
    command,
    type,
    answer,
  }));
}

const EXAMPLES = { 'jobs.md': examplesOf('jobs.md'), 'watch.md': examplesOf('watch.md') };

/** What is different each time. */
const CHANGING = /^(id|snapshot|requestId|resultBytes|tookMs|\w+At)$/;

function steady(json: string): unknown {
  return JSON.parse(json, (name, value: unknown) => (CHANGING.test(name) && value !== null ? name : value)) as unknown;
}

describe('docs', () => {
  let app: TestApp;
  let id = '';

  beforeAll(async () => {
    app = await startApp({ USER_AGENT: 'Pagewire' });
  });

  afterAll(() => app.close());

  it('have examples', () => {
    expect(Object.values(EXAMPLES).map(({ length }) => length)).toEqual([19, 4]);
  });

  it.each([...EXAMPLES['jobs.md'], ...EXAMPLES['watch.md']])('have the real answer of $command', async ({ command, type, answer }) => {
    const { stdout } = await promisify(execFile)('bash', ['-c', command.replaceAll('http://127.0.0.1:3000', app.url)], {
      env: { ...process.env, ID: id },
    });
    if (type === 'json') {
      const told = JSON.parse(stdout) as { batch?: { id: string }; id?: string };
      id = told.batch?.id ?? told.id ?? id;
      expect(steady(stdout)).toEqual(steady(answer));
    } else expect(stdout.replaceAll('\r', '').trimEnd()).toBe(answer);
  });
});
