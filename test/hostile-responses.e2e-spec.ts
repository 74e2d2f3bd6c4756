import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Answer, startApp, type TestApp } from './support/app.ts';
import type { FetchAnswer, HeadersAnswer, Problem } from './support/contract.ts';
import { ask, OWN, wanted } from './support/hostile/ask.ts';
import type { Expected, Hostile } from './support/hostile/hostile.ts';
import { HOSTILE } from './support/hostile/table.ts';
import { startOrigin } from './support/origin-server.ts';
import { latin1 } from './support/scenarios/response.ts';
import { endOf, type Server, startServer } from './support/server.ts';

/** What `/headers` is to say: a content that nobody reads can do no harm. */
function expectedOfHead({ expected, head }: Hostile): Expected {
  if (head !== undefined) return head;
  if (!('code' in expected)) return { status: expected.status, text: '' };
  return expected.phases.some((phase) => phase === 'download' || phase === 'decode') ? { status: 200, text: '' } : expected;
}

function isTimeout(expected: Expected): boolean {
  return 'code' in expected && expected.code === 'TARGET_TIMEOUT';
}

describe('a hostile response', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  });

  afterAll(() => app.close());

  describe.each(Object.entries(HOSTILE))('in %s:', (_kind, rows) => {
    it.each(rows.map((hostile) => [hostile.name, hostile] as const))('%s', async (_name, hostile) => {
      const { expected, over10 = expected } = hostile;
      const faces = [
        ['/fetch', {}, expected],
        ['/body', {}, expected],
        ['/headers', {}, expectedOfHead(hostile)],
        ['/wire', { httpVersion: '1.0' }, over10],
      ] as const;
      const told = await Promise.all(faces.map(([path, query]) => ask((at, asked) => app.get(at, asked), hostile, path, query)));
      for (const [index, [path, , face]] of faces.entries()) {
        const { answer = expected, own = [] } = told[index] ?? {};
        // A head has no text, and a transcript has more than the text.
        const isText = path === '/fetch' || path === '/body' || 'code' in answer;
        expect({ path, own, answer: isText ? answer : { ...answer, text: '' } }).toEqual({
          path,
          own: OWN,
          answer: wanted(isText || 'code' in face ? face : { ...face, text: '' }, answer),
        });
      }
    });
  });
});

describe('a snapshot of a response whose content nobody read, and that is in no chunks', () => {
  it('has every form all the same', async () => {
    const app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
    const bytes = latin1('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n-5\r\nhello\r\n0\r\n\r\n');
    const origin = await startOrigin({ scenarios: { '/hostile': bytes } });
    const { snapshot } = (await app.get<HeadersAnswer>('/headers', { url: `${origin.url}/hostile` })).json;
    for (const form of ['', '.har', '.warc', '.curl']) expect((await app.get(`/snapshots/${snapshot}${form}`)).status).toBe(200);
    await app.close();
    await origin.close();
  });
});

describe('a server that hostile responses come to, fifty at a time', () => {
  /** Far more than it needs, and far less than any of what is sent without end. */
  const MOST_KIB = 1_500_000;
  let server: Server;

  beforeAll(async () => {
    server = await startServer(process.execPath, ['dist/server/main.js'], {
      PORT: '0',
      ALLOW_TARGETS: '127.0.0.1',
      RATE_LIMIT_PER_MINUTE: '0',
      CACHE_MAX_BYTES: '50000000',
    });
  });

  afterAll(async () => {
    server.process.kill('SIGTERM');
    await endOf(server.process);
  });

  async function get(
    path: string,
    query: Readonly<Record<string, string | number | boolean>> = {},
  ): Promise<Answer<FetchAnswer & Problem>> {
    const entries = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
    const response = await fetch(`${server.url}${path}?${new URLSearchParams(entries).toString()}`);
    return new Answer(response, await response.arrayBuffer());
  }

  it('answers each as it should, goes on, and has nothing to report', async () => {
    // Where time runs out, it may be sooner than what was to be seen: fifty at a time share the machine.
    const rows = Object.values(HOSTILE)
      .flat()
      .map((hostile) =>
        hostile.query?.['timeoutMs'] === undefined ? hostile : { ...hostile, query: { ...hostile.query, timeoutMs: 3000 } },
      );
    const left = [...rows];
    const wrong: unknown[] = [];
    const worker = async (): Promise<void> => {
      for (let hostile = left.pop(); hostile !== undefined; hostile = left.pop()) {
        const { answer, own } = await ask(get, hostile);
        const right = { answer: wanted(hostile.expected, answer), own: OWN };
        // Where time ran out on a busy machine says little: each alone is asked for its phase above.
        if (isTimeout(answer) && isTimeout(right.answer)) right.answer = answer;
        if (JSON.stringify({ answer, own }) !== JSON.stringify(right)) wrong.push({ name: hostile.name, answer, own, right });
      }
    };
    await Promise.all(Array.from({ length: 50 }, worker));
    expect(wrong).toEqual([]);
    expect(server.process.exitCode).toBeNull();
    expect((await get('/health/live')).json).toEqual({ status: 'ok' });
    const reported = server
      .output()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('{"level":30'));
    expect(reported).toEqual([]);
    if (process.platform === 'linux') {
      const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(server.process.pid)}/status`, 'latin1'))?.[1]);
      process.stdout.write(`${String(rows.length)} hostile responses, peak of resident memory ${String(Math.round(peak / 1024))} MiB\n`);
      expect(peak).toBeLessThan(MOST_KIB);
    }
  }, 240_000);
});
