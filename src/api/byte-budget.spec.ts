import { describe, expect, it } from '@jest/globals';
import { ByteBudget } from './byte-budget.ts';

describe('a budget of bytes', () => {
  it('refuses what is more than all may hold together, and keeps what was held before', () => {
    const budget = new ByteBudget(100);
    const [first, second] = [budget.open(), budget.open()];
    first.grow(60);
    second.grow(40);
    expect(() => {
      second.grow(1);
    }).toThrow(expect.objectContaining({ code: 'OVERLOADED', retryAfterS: 1 }));
    expect([second.bytes, budget.held, budget.refused]).toEqual([40, 100, 1]);
    first.release();
    second.grow(60);
    expect(budget.held).toBe(100);
  });

  it('lets one that is alone through', () => {
    const budget = new ByteBudget(10);
    const only = budget.open();
    only.grow(1000);
    expect(budget.held).toBe(1000);
  });

  it('counts what is not binding without refusing it, and never refuses less', () => {
    const budget = new ByteBudget(10);
    const [first, second] = [budget.open(), budget.open()];
    first.grow(10);
    second.resize(5, false);
    expect(budget.held).toBe(15);
    second.resize(4);
    expect(budget.held).toBe(14);
  });

  it('takes nothing more for what has ended', () => {
    const budget = new ByteBudget(10);
    const ended = budget.open();
    ended.grow(5);
    ended.release();
    ended.grow(5);
    ended.release();
    expect(budget.held).toBe(0);
  });
});
