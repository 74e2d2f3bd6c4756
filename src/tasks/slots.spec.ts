import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.ts';

const LIMITS = { concurrent: 1, perOrigin: 1, queue: 4, maxWaitMs: 60_000, what: 'tests' };

/** Enters, and notes when it got in or why it did not. */
function enter(
  slots: Slots,
  origin: string,
  told: string[],
  signal: AbortSignal | null = null,
  caller = 'caller',
): Promise<(() => void) | undefined> {
  return slots.enter({ caller, origin }, signal).then(
    (leave) => {
      told.push(origin);
      return leave;
    },
    (error: unknown) => {
      told.push(`${origin} ${(error as { code?: string }).code ?? String(error)}`);
      return undefined;
    },
  );
}

describe('places for retrievals', () => {
  it('are given in turn to the origins that wait', async () => {
    const slots = new Slots({ ...LIMITS, queue: 10 });
    const told: string[] = [];
    const leave = await slots.enter({ caller: 'caller', origin: 'first' });
    // Each leaves as soon as it got in.
    const all = Promise.all(['a', 'a', 'a', 'b', 'c'].map(async (origin) => (await enter(slots, origin, told))?.()));
    leave();
    await all;
    expect(told).toEqual(['a', 'b', 'c', 'a', 'a']);
    expect([slots.running, slots.waiting]).toEqual([0, 0]);
  });

  it('keep a place in the queue for others where one origin has filled it', async () => {
    const slots = new Slots(LIMITS);
    const told: string[] = [];
    const leave = await slots.enter({ caller: 'caller', origin: 'slow' });
    const waiting = ['slow', 'slow', 'slow', 'slow'].map((origin) => enter(slots, origin, told));
    const other = enter(slots, 'other', told);
    await waiting[3];
    expect(told).toEqual(['slow OVERLOADED']);
    // One more of the slow origin finds the queue full.
    await enter(slots, 'slow', told);
    expect(told).toEqual(['slow OVERLOADED', 'slow OVERLOADED']);
    expect(slots.refused).toEqual({ full: 2, late: 0 });
    leave();
    (await waiting[0])?.();
    (await other)?.();
    expect(told.slice(2)).toEqual(['slow', 'other']);
  });

  it('are not waited for any more by one that has gone', async () => {
    const slots = new Slots(LIMITS);
    const told: string[] = [];
    const leave = await slots.enter({ caller: 'caller', origin: 'a' });
    const gone = new AbortController();
    const waiting = enter(slots, 'a', told, gone.signal);
    gone.abort(new Error('gone'));
    await waiting;
    expect([told, slots.waiting, slots.running]).toEqual([['a Error: gone'], 0, 1]);
    await expect(slots.enter({ caller: 'caller', origin: 'a' }, gone.signal)).rejects.toThrow('gone');
    leave();
    expect(slots.running).toBe(0);
  });

  it('are taken by no more than there are, whoever comes when one is left', async () => {
    const slots = new Slots({ ...LIMITS, perOrigin: 9 });
    const leave = await slots.enter({ caller: 'caller', origin: 'a' });
    const told: string[] = [];
    const waiting = enter(slots, 'a', told);
    leave();
    const late = enter(slots, 'a', told);
    (await waiting)?.();
    await late;
    expect(slots.running).toBe(1);
  });

  it('go first to the caller whose work took least time', async () => {
    const slots = new Slots({ ...LIMITS, concurrent: 2, perOrigin: 9, queue: 10 });
    const told: string[] = [];
    const place = (caller: string) => ({ caller, origin: '' });
    const leaves = [await slots.enter(place('busy')), await slots.enter(place('busy'))];
    const all = Promise.all(
      ['busy', 'busy', 'busy', 'new', 'other'].map(async (caller) => {
        const leave = await slots.enter(place(caller));
        told.push(caller);
        leave();
      }),
    );
    leaves[0]?.();
    await all;
    expect(told).toEqual(['new', 'other', 'busy', 'busy', 'busy']);
    leaves[1]?.();
    expect([slots.running, slots.waiting]).toEqual([0, 0]);
  });

  it('keep a place in the line for others where one caller has filled it with many origins', async () => {
    const slots = new Slots(LIMITS);
    const told: string[] = [];
    const leave = await slots.enter({ caller: 'busy', origin: '0' });
    const waiting = ['1', '2', '3', '4'].map((origin) => enter(slots, origin, told, null, 'busy'));
    const other = enter(slots, 'wanted', told, null, 'other');
    await waiting[3];
    expect(told).toEqual(['4 OVERLOADED']);
    leave();
    (await other)?.();
    await Promise.all(waiting.slice(0, 3).map(async (entered) => (await entered)?.()));
    expect(told).toEqual(['4 OVERLOADED', 'wanted', '1', '2', '3']);
  });

  it('are refused at once to a caller of whom many have waited for long, and to nobody else', async () => {
    let now = 0;
    const slots = new Slots({ ...LIMITS, queue: 40 }, () => now);
    const told: string[] = [];
    const leave = await slots.enter({ caller: 'caller', origin: 'a' });
    const burst = Array.from({ length: 15 }, () => enter(slots, 'a', told));
    now = 2001;
    burst.push(enter(slots, 'a', told));
    await enter(slots, 'a', told);
    expect(told).toEqual(['a OVERLOADED']);
    const others = [enter(slots, 'b', told), enter(slots, 'a', told, null, 'another')];
    leave();
    for (const entered of [others[1], others[0], ...burst]) (await entered)?.();
    expect(told).toEqual(['a OVERLOADED', 'a', 'b', ...Array.from({ length: 16 }, () => 'a')]);
    expect(slots.refused).toEqual({ full: 1, late: 0 });
  });
});
