import { LRUCache } from 'lru-cache';
import { isProblemError } from '../api/problem.ts';
import type { Task, TaskAnswer } from '../tasks/task.ts';

/** Of the memory for snapshots, what answers about them may take besides. */
const SHARE = 1 / 8;
/** Of that, what one answer may take. */
const MOST_OF_SHARE = 1 / 32;

/** Of so many answers that cost little it is remembered that they were asked for. */
const MOST_CHEAP = 2000;

/**
 * What was read of snapshots lately: a snapshot never changes, so nor does what a view says of it. Those used least lately make room. What costs
 * little is kept from the second time on: most of it is asked for once.
 */
export class KeptAnswers {
  readonly #answers: LRUCache<string, TaskAnswer<object>> | null;
  readonly #cheap = new LRUCache<string, true>({ max: MOST_CHEAP });
  /** Those that are being read. */
  readonly #coming = new Map<string, Promise<TaskAnswer<object>>>();

  /** @param snapshotBytes - memory that snapshots may take; 0 for nothing to be kept */
  constructor(snapshotBytes: number) {
    const maxSize = Math.floor(snapshotBytes * SHARE);
    this.#answers =
      maxSize === 0
        ? null
        : new LRUCache({
            maxSize,
            maxEntrySize: Math.max(1, Math.floor(maxSize * MOST_OF_SHARE)),
            sizeCalculation: ({ pieces }, key) => 1 + 2 * key.length + pieces.reduce((bytes, { length }) => bytes + length, 0),
          });
  }

  /**
   * The answer to a task about a snapshot: the one that is kept, the one that is being read for somebody else, or what `read` comes to.
   * Throws what `read` throws.
   */
  async of<Facts extends object>(snapshot: string, task: Task, read: () => Promise<TaskAnswer<Facts>>): Promise<TaskAnswer<Facts>> {
    // The name of a task says what its facts are.
    return (await this.#of(snapshot, task, read)) as TaskAnswer<Facts>;
  }

  async #of(snapshot: string, { name, input }: Task, read: () => Promise<TaskAnswer<object>>): Promise<TaskAnswer<object>> {
    if (this.#answers === null) return read();
    const key = JSON.stringify([snapshot, name, input]);
    const kept = this.#answers.get(key);
    if (kept !== undefined) return kept;
    const other = this.#coming.get(key);
    if (other !== undefined) return other.catch((error: unknown) => (isOfThePage(error) ? Promise.reject(error) : read()));
    const coming = this.#keep(key, read);
    this.#coming.set(key, coming);
    try {
      return await coming;
    } finally {
      this.#coming.delete(key);
    }
  }

  async #keep(key: string, read: () => Promise<TaskAnswer<object>>): Promise<TaskAnswer<object>> {
    const answer = await read();
    if (answer.isCheap === true && !this.#cheap.has(key)) {
      this.#cheap.set(key, true);
      return answer;
    }
    const { facts, pieces } = answer;
    // In one piece: those that a pipe brings may be small parts of large buffers.
    const [only, another] = pieces;
    const isWhole = only !== undefined && another === undefined && only.length === only.buffer.byteLength;
    const kept = { facts, pieces: [isWhole ? only : Buffer.concat(pieces)] };
    this.#answers?.set(key, kept);
    return kept;
  }
}

/** Others would be told the same, unlike where a caller has gone or there was no room. */
function isOfThePage(error: unknown): error is Error {
  return isProblemError(error) && error.code !== 'OVERLOADED';
}
