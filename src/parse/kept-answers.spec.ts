import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../api/problem.ts';
import { CallerGone } from '../api/under-way.ts';
import { KeptAnswers } from './kept-answers.ts';
import type { Task } from '../tasks/task.ts';

const MIB = 1024 * 1024;

function task(options: object, name = 'links'): Task {
  return { name, input: { options }, bytes: [] };
}

/** Says how often something was read. */
function reader(bytes = 10): { read: () => Promise<{ facts: { entries: number }; pieces: Buffer[] }>; count: () => number } {
  let count = 0;
  return {
    read: () => Promise.resolve({ facts: { entries: (count += 1) }, pieces: [Buffer.alloc(bytes / 2, 'a'), Buffer.alloc(bytes / 2, 'b')] }),
    count: () => count,
  };
}

describe('answers about a snapshot', () => {
  it('are read once for the same view with the same options', async () => {
    const answers = new KeptAnswers(MIB);
    const { read, count } = reader(4);
    for (let asked = 0; asked < 3; asked++) {
      expect(await answers.of('one', task({ limit: 1 }), read)).toEqual({ facts: { entries: 1 }, pieces: [Buffer.from('aabb')] });
    }
    expect(count()).toBe(1);
  });

  it('are kept from the second time on where they cost little', async () => {
    const answers = new KeptAnswers(MIB);
    const { read, count } = reader(4);
    const cheap = async (): Promise<{ facts: { entries: number }; pieces: Buffer[]; isCheap: true }> => ({
      ...(await read()),
      isCheap: true,
    });
    const entries: number[] = [];
    for (let asked = 0; asked < 4; asked++) entries.push((await answers.of('one', task({}), cheap)).facts.entries);
    expect(entries).toEqual([1, 2, 2, 2]);
    await answers.of('two', task({}), cheap);
    expect(count()).toBe(3);
  });

  it('are read once for all who ask at the same time', async () => {
    const answers = new KeptAnswers(MIB);
    const { read, count } = reader();
    await Promise.all(Array.from({ length: 9 }, () => answers.of('one', task({}), read)));
    expect(count()).toBe(1);
  });

  it('are read again for those who waited for one that somebody else gave up, and not where the page is at fault', async () => {
    const answers = new KeptAnswers(MIB);
    const { read, count } = reader();
    const gone = answers.of('one', task({}), () => Promise.reject(new CallerGone()));
    const others = [answers.of('one', task({}), read), answers.of('one', task({}), read)];
    await expect(gone).rejects.toThrow(CallerGone);
    await Promise.all(others);
    expect(count()).toBe(2);
    const limit = new ProblemError('PARSE_LIMIT_EXCEEDED', 'too deep');
    const tooDeep = answers.of('two', task({}), () => Promise.reject(limit));
    await expect(Promise.all([tooDeep, answers.of('two', task({}), read)])).rejects.toBe(limit);
    expect(count()).toBe(2);
  });

  it('are told apart by snapshot, view and options', async () => {
    const answers = new KeptAnswers(MIB);
    const { read, count } = reader();
    for (const [snapshot, asked] of [
      ['one', task({})],
      ['two', task({})],
      ['one', task({}, 'tags')],
      ['one', task({ limit: 1 })],
    ] as const) {
      await answers.of(snapshot, asked, read);
    }
    expect(count()).toBe(4);
  });

  it('make room for each other, and large ones for none', async () => {
    const answers = new KeptAnswers(MIB);
    const { read, count } = reader(3000);
    for (let snapshot = 0; snapshot < 100; snapshot++) await answers.of(String(snapshot), task({}), read);
    await answers.of('99', task({}), read);
    expect(count()).toBe(100);
    await answers.of('0', task({}), read);
    expect(count()).toBe(101);
    const large = reader(8000);
    for (let asked = 0; asked < 2; asked++) await answers.of('large', task({}), large.read);
    expect(large.count()).toBe(2);
  });

  it('are not kept where no snapshots are, nor where reading failed', async () => {
    const { read, count } = reader();
    for (let asked = 0; asked < 2; asked++) await new KeptAnswers(0).of('one', task({}), read);
    expect(count()).toBe(2);
    const answers = new KeptAnswers(MIB);
    await expect(answers.of('one', task({}), () => Promise.reject(new Error('too deep')))).rejects.toThrow('too deep');
    expect((await answers.of('one', task({}), read)).facts.entries).toBe(3);
  });
});
