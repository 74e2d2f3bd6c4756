import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';

/** Each command of the documentation, and what it answers. */
const EXAMPLES = [
  ...readFileSync(new URL('../docs/jobs.md', import.meta.url), 'utf8').matchAll(/```sh\n([^]*?)```\n\n```(json|text)\n([^]*?)\n```\n/g),
].map(([, command = '', type = '', answer = '']) => ({ command, type, answer }));

/** What is different each time. */
const CHANGING = /^(id|snapshot|requestId|resultBytes|\w+At)$/;

function steady(json: string): unknown {
  return JSON.parse(json, (name, value: unknown) => (CHANGING.test(name) && value !== null ? name : value)) as unknown;
}

describe('docs/jobs.md', () => {
  let app: TestApp;
  let id = '';

  beforeAll(async () => {
    app = await startApp({ USER_AGENT: 'Pagewire' });
  });

  afterAll(() => app.close());

  it('has examples', () => {
    expect(EXAMPLES.map(({ type }) => type)).toEqual(['json', 'json', 'text', 'text', 'text', 'json']);
  });

  it.each(EXAMPLES)('has the real answer of $command', async ({ command, type, answer }) => {
    const { stdout } = await promisify(execFile)('bash', ['-c', command.replaceAll('http://127.0.0.1:3000', app.url)], {
      env: { ...process.env, ID: id },
    });
    if (type === 'json') {
      id = (JSON.parse(stdout) as { batch?: { id: string } }).batch?.id ?? id;
      expect(steady(stdout)).toEqual(steady(answer));
    } else expect(stdout.replaceAll('\r', '').trimEnd()).toBe(answer);
  });
});
