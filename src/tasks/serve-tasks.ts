import { isProblemError } from '../api/problem.ts';
import { answerTooLarge, MAX_ANSWER_BYTES } from './answer-limit.ts';
import { frameOf, FrameReader, type Message } from './frames.ts';
import type { ProblemReply, Reply, TaskFunction } from './task.ts';

/**
 * Does what the process that started this one asks for on standard input, and answers on standard output, until the former
 * ends.
 */
export function serveTasks(functions: Readonly<Record<string, TaskFunction>>): void {
  const reader = new FrameReader();
  process.stdin.on('data', (piece: Buffer) => {
    for (const message of reader.push(piece)) void answer(functions, message);
  });
  process.stdin.on('end', () => process.exit());
  process.stdout.on('error', () => process.exit());
  // These reach every process of a terminal or a service; the one that started this one says when it is over.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  send({ kind: 'ready' });
}

async function answer(functions: Readonly<Record<string, TaskFunction>>, { facts, pieces }: Message): Promise<void> {
  const { name, input } = facts as { name: string; input: unknown };
  try {
    const perform = functions[name];
    if (perform === undefined) throw new Error(`no task is called ${name}`);
    const result = await perform(input as never, Buffer.concat(pieces));
    if (result.bytes.length > MAX_ANSWER_BYTES) throw answerTooLarge();
    send({ kind: 'answer', facts: result.facts, residentBytes: process.memoryUsage.rss() }, result.bytes);
  } catch (error) {
    send(failure(error));
  }
}

function failure(error: unknown): Reply {
  try {
    return problemReply(error);
  } catch {
    return { kind: 'fault', stack: error instanceof Error ? String(error.stack) : String(error) };
  }
}

/** A problem as the process that asked is told it. Any other error is thrown again: nobody has foreseen it. */
export function problemReply(error: unknown): ProblemReply {
  if (isProblemError(error)) {
    const { code, message, phase, errors } = error;
    return { kind: 'problem', code, detail: message, phase, errors };
  }
  // V8 makes no string beyond half a gibibyte, and no stack beyond its own bound.
  if (error instanceof RangeError) return problemReply(answerTooLarge());
  throw error;
}

function send(reply: Reply, bytes: Uint8Array = new Uint8Array()): void {
  for (const piece of frameOf(reply, [bytes])) process.stdout.write(piece);
}
