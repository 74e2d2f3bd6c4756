import { setTimeout } from 'node:timers/promises';
import type { Answer } from '../app.ts';
import type { FetchAnswer, Problem } from '../contract.ts';
import { startOrigin } from '../origin-server.ts';
import { text } from '../scenarios/response.ts';
import type { Expected, Hostile } from './hostile.ts';

type Query = Readonly<Record<string, string | number | boolean>>;
type Get = (path: string, query: Query) => Promise<Answer<Partial<FetchAnswer> & Partial<Problem>>>;

/** What was answered about a hostile response, in the words of the table, and then about others of the same origin. */
export interface Told {
  answer: Expected;
  own: string[];
}

/** What is answered about any other request of an origin, whatever it did before. */
export const OWN = ['own answer to first', 'own answer to second'];

/**
 * Asks about a hostile response of an origin of its own, then twice for something else of the same origin.
 */
export async function ask(get: Get, hostile: Hostile, path = '/fetch', query: Query = {}): Promise<Told> {
  const { plays, greets, tls, settlesMs } = hostile;
  const origin = await startOrigin({
    tls: tls ?? null,
    greet: (connection, number) => number === 1 && (greets?.(connection) ?? false),
    scenarios: { '/hostile': plays, '/own': ({ url }) => text(`own answer to ${url.searchParams.get('to') ?? ''}`) },
  });
  try {
    const asked = { url: `${origin.url}/hostile`, timeoutMs: 20_000, maxBytes: 1_000_000, ...hostile.query, ...query };
    const answer = told(await get(path, asked));
    if (settlesMs !== undefined) await setTimeout(settlesMs);
    const own: string[] = [];
    for (const to of ['first', 'second']) {
      const { json } = await get('/fetch', { url: `${origin.url}/own?to=${to}`, insecureTls: tls !== undefined });
      own.push(json.body?.text ?? JSON.stringify(json));
    }
    return { answer, own };
  } finally {
    await origin.close();
  }
}

function told(answer: Awaited<ReturnType<Get>>): Expected {
  const status = answer.headers.get('pagewire-status');
  if (status !== null) return { status: Number(status), text: answer.text };
  const { json } = answer;
  if (answer.status !== 200) return { code: json.code ?? `no problem: ${answer.text}`, phases: [json.phase ?? null] };
  return { status: json.status ?? 0, text: json.body?.text ?? '' };
}

/** What is wanted, said as it was told: one phase of those that are as good. */
export function wanted(expected: Expected, answer: Expected): Expected {
  if (!('code' in expected)) return expected;
  const [phase = null] = 'code' in answer ? answer.phases : [];
  return { code: expected.code, phases: expected.phases.includes(phase) ? [phase] : expected.phases };
}
