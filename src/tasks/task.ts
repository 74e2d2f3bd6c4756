import type { ParameterError, Phase, ProblemCode } from '../api/problem.ts';

/** What another process is to do: a function of it by its name, what it is told, and bytes, which are not copied. */
export interface Task {
  name: string;
  /** JSON. */
  input: unknown;
  bytes: readonly Uint8Array[];
}

/** What came of a task: facts as JSON, and the bytes of an answer in the pieces that they came in. */
export interface TaskAnswer<Facts> {
  facts: Facts;
  pieces: readonly Buffer[];
  /** To do the task again costs little: less than to keep every answer for somebody who may never ask. */
  isCheap?: boolean;
}

/** What a function of the other process gives back. */
export interface TaskResult {
  facts: unknown;
  bytes: Uint8Array;
}

/** A function of the other process; `bytes` are those of the task, joined. May throw a ProblemError. */
export type TaskFunction = (input: never, bytes: Buffer) => TaskResult | Promise<TaskResult>;

/** Why there is no answer. */
export interface ProblemReply {
  kind: 'problem';
  code: ProblemCode;
  detail: string;
  phase: Phase | null;
  errors: readonly ParameterError[];
}

/** What the other process says: that it is ready, an answer's facts, why there is none, or that it failed in a way not foreseen. */
export type Reply =
  { kind: 'ready' } | { kind: 'answer'; facts: unknown; residentBytes: number } | ProblemReply | { kind: 'fault'; stack: string };
