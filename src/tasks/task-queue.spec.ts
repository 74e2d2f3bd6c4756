import { describe, expect, it } from '@jest/globals';
import { TaskQueue } from './task-queue.ts';

const OVERLOADED = { code: 'OVERLOADED', retryAfterS: 1 };

describe('the queue of tasks', () => {
  it('admits by bytes, and one that is heavier than all may be when it is alone', async () => {
    const queue = new TaskQueue({ concurrent: 10, waiting: 10, maxBytes: 100, maxWaitMs: 1000 });
    const leave = await queue.enter(200, 'caller');
    await expect(queue.enter(1, 'caller')).rejects.toMatchObject(OVERLOADED);
    leave();
    const leaveSmall = await queue.enter(60, 'caller');
    await expect(queue.enter(41, 'caller')).rejects.toMatchObject(OVERLOADED);
    const leaveSecond = await queue.enter(40, 'caller');
    leaveSmall();
    leaveSecond();
    await queue.enter(200, 'caller');
  });

  it('gives a place to whoever waited longest', async () => {
    const queue = new TaskQueue({ concurrent: 1, waiting: 2, maxBytes: 100, maxWaitMs: 60_000 });
    const order: string[] = [];
    const leave = await queue.enter(1, 'caller');
    const waiting = ['first', 'second'].map(async (name) => {
      const leaveLater = await queue.enter(1, 'caller');
      order.push(name);
      leaveLater();
    });
    await expect(queue.enter(1, 'caller')).rejects.toMatchObject(OVERLOADED);
    leave();
    await Promise.all(waiting);
    expect(order).toEqual(['first', 'second']);
  });

  it('forgets the bytes of who waited in vain', async () => {
    const queue = new TaskQueue({ concurrent: 1, waiting: 2, maxBytes: 100, maxWaitMs: 1 });
    const leave = await queue.enter(1, 'caller');
    await expect(queue.enter(99, 'caller')).rejects.toMatchObject(OVERLOADED);
    await expect(queue.enter(99, 'caller')).rejects.toMatchObject({ message: expect.stringContaining('within 1 ms') });
    leave();
    (await queue.enter(100, 'caller'))();
  });

  it('admits a caller who has nothing in it, whatever others have', async () => {
    const queue = new TaskQueue({ concurrent: 10, waiting: 10, maxBytes: 100, maxWaitMs: 1000 });
    const leave = await queue.enter(100, 'busy');
    await expect(queue.enter(1, 'busy')).rejects.toMatchObject(OVERLOADED);
    const leaveOther = await queue.enter(50, 'other');
    await expect(queue.enter(1, 'other')).rejects.toMatchObject(OVERLOADED);
    leave();
    (await queue.enter(50, 'other'))();
    leaveOther();
  });
});
