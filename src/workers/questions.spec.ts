import { describe, expect, it } from '@jest/globals';
import type { PrimaryMessage } from './colleagues.ts';
import { Questions } from './questions.ts';

const ASK = { kind: 'ask', what: 'snapshot', about: 'x' } as const;

describe('Questions', () => {
  function started(): { questions: Questions; told: [number, PrimaryMessage][] } {
    const told: [number, PrimaryMessage][] = [];
    return { questions: new Questions((worker, message) => told.push([worker, message])), told };
  }

  it('passes a question to the one that is asked, and its answer to the one that asks', () => {
    const { questions, told } = started();
    questions.ask(1, { ...ASK, number: 70, of: 2 }, [1, 2, 3]);
    questions.answer(2, { kind: 'answer', number: 1, value: 'found' });
    expect(told).toEqual([
      [2, { kind: 'asked', number: 1, what: 'snapshot', about: 'x' }],
      [1, { kind: 'answered', number: 70, values: ['found'] }],
    ]);
  });

  it('asks all others, and gives what those had to say', () => {
    const { questions, told } = started();
    questions.ask(2, { ...ASK, number: 1, of: null }, [1, 2, 3, 4]);
    questions.answer(1, { kind: 'answer', number: 1, value: 'a' });
    questions.answer(3, { kind: 'answer', number: 1, value: null });
    questions.answer(3, { kind: 'answer', number: 1, value: 'twice' });
    questions.answer(2, { kind: 'answer', number: 1, value: 'was not asked' });
    expect(told).toHaveLength(3);
    questions.answer(4, { kind: 'answer', number: 1, value: 'd' });
    expect(told.at(-1)).toEqual([2, { kind: 'answered', number: 1, values: ['a', 'd'] }]);
  });

  it('answers at once for one that is not there, and when one has ended', () => {
    const { questions, told } = started();
    questions.ask(1, { ...ASK, number: 1, of: 9 }, [1, 2]);
    expect(told).toEqual([[1, { kind: 'answered', number: 1, values: [] }]]);
    questions.ask(1, { ...ASK, number: 2, of: 2 }, [1, 2]);
    questions.forget(2);
    questions.answer(2, { kind: 'answer', number: 2, value: 'too late' });
    expect(told.slice(2)).toEqual([[1, { kind: 'answered', number: 2, values: [] }]]);
  });
});
