import { describe, expect, it } from '@jest/globals';
import type { Assertion } from './assertion.ts';
import { judge, type Judgement, type Memory, NOTHING, type Outcome } from './judge.ts';
import { observedFields } from './observed-fields.ts';

let number = 0;

function page(says: object, status = 200): Outcome {
  number += 1;
  const compared = { status, finalUrl: 'http://a/', ...says };
  return {
    kind: 'page',
    facts: { status, compared, all: compared },
    snapshot: `s${String(number)}`,
    fetchedAt: '2026-11-23T10:00:00.000Z',
  };
}

const PROBLEM: Outcome = { kind: 'problem', code: 'CONNECTION_REFUSED', detail: 'nobody listens' };

/** Runs one after the other. */
function runs(outcomes: readonly Outcome[], confirm = 1, assertions: readonly Assertion[] = []): Judgement[] {
  let memory: Memory = NOTHING;
  return outcomes.map((outcome) => {
    const judgement = judge(memory, outcome, { assertions, confirm });
    ({ memory } = JSON.parse(JSON.stringify(judgement)) as Judgement);
    return judgement;
  });
}

const states = (judgements: readonly Judgement[]): string[] => judgements.map(({ state }) => state);
const told = (judgements: readonly Judgement[]): string[][] => judgements.map(({ happenings }) => happenings.map(({ type }) => type));
const paths = (judgements: readonly Judgement[]): string[][] =>
  judgements.map(({ changes }) => changes.map(({ path, before, after }) => `${path}: ${String(before)} → ${String(after)}`));

describe('a run', () => {
  it('finds what has changed since the last, and the first finds nothing', () => {
    const judged = runs([page({ title: 'a' }), page({ title: 'a' }), page({ title: 'b' }), page({ title: 'b' })]);
    expect(states(judged)).toEqual(['baseline', 'unchanged', 'changed', 'unchanged']);
    expect(paths(judged)[2]).toEqual(['title: a → b']);
    expect(judged[2]?.changes[0]).toMatchObject({ kind: 'changed', beforeSnapshot: expect.any(String), afterSnapshot: expect.any(String) });
    expect(judged[2]?.changes[0]?.beforeSnapshot).toBe(judged[1]?.memory.baseline?.snapshot);
    expect(told(judged)).toEqual([[], [], ['watch.changed'], []]);
  });

  it('that brings nothing is a failure and no change, told once, and so is its end', () => {
    const judged = runs([page({ title: 'a' }), PROBLEM, PROBLEM, page({ title: 'a' })]);
    expect(states(judged)).toEqual(['baseline', 'failed', 'failed', 'unchanged']);
    expect(told(judged)).toEqual([[], ['watch.failed'], [], ['watch.recovered']]);
  });

  it('that finds an error of the target tells its status, and nothing of its page', () => {
    const judged = runs([page({ title: 'a', links: ['x'] }), page({ title: 'Oops', links: [] }, 500), page({ title: 'a', links: ['x'] })]);
    expect(paths(judged)).toEqual([[], ['status: 200 → 500'], ['status: 500 → 200']]);
    const later = runs([page({ title: 'Oops' }, 500), page({ title: 'a' }), page({ title: 'b' })]);
    expect(paths(later)).toEqual([[], ['status: 500 → 200'], ['title: a → b']]);
  });

  it('believes what was seen as often as it must be, and nothing that is different each time', () => {
    const judged = runs(
      [page({ price: 1, seen: 0 }), page({ price: 2, seen: 1 }), page({ price: 2, seen: 2 }), page({ price: 2, seen: 3 })],
      2,
    );
    expect(paths(judged)).toEqual([[], [], ['price: 1 → 2'], []]);
    expect(judged.map(({ isInDoubt }) => isInDoubt)).toEqual([false, true, true, true]);
    expect(paths(runs([page({ price: 1 }), page({ price: 2 }), page({ price: 1 })], 2)).flat()).toEqual([]);
    expect(told(runs([page({}), PROBLEM, page({}), PROBLEM, PROBLEM], 2))).toEqual([[], [], [], [], ['watch.failed']]);
  });

  it('forgets what an entry of a list had with the entry', () => {
    const one = { links: [{ url: 'http://b/', text: 'B' }] };
    const judged = runs([page(one), page({ links: [] }), page(one), page({ links: [{ url: 'http://b/', text: 'C' }] })]);
    expect(paths(judged).slice(1)).toEqual([['links: http://b/ → null'], ['links: null → http://b/'], ['links[http://b/].text: B → C']]);
  });

  it('tells when an assertion fails, and when it holds again', () => {
    const cheap: Assertion = { path: 'price', op: 'less', value: '10' };
    const judged = runs([page({ price: 12 }), page({ price: 12 }), page({ price: 9 }), page({ price: 10 })], 1, [cheap]);
    expect(told(judged)).toEqual([
      ['watch.assertion.failed'],
      [],
      ['watch.changed', 'watch.assertion.recovered'],
      ['watch.changed', 'watch.assertion.failed'],
    ]);
    expect(judged[0]?.failed).toEqual([cheap]);
  });
});

describe('the fields that are compared', () => {
  const fields = (lines: Record<string, string>): { name: string; value: string }[] =>
    Object.entries(lines).map(([name, value]) => ({ name, value }));

  it('are without those that are different each time', () => {
    const noise = { Date: 'now', Age: '1', 'X-Request-Id': '7', 'CF-Ray': 'x', ETag: '"1"', 'X-Amz-Cf-Id': 'y', 'X-Cache': 'HIT' };
    expect(observedFields(fields({ ...noise, Server: 'nginx', 'X-Frame-Options': 'DENY' }), [], true)).toEqual({
      server: 'nginx',
      'x-frame-options': 'DENY',
    });
  });

  it('are those that are asked for, without what is made anew in them', () => {
    const lines = {
      'Set-Cookie': 'id=123; Path=/; Expires=later; HttpOnly',
      'Content-Security-Policy': "script-src 'nonce-abc123' 'self'",
    };
    expect(observedFields(fields(lines), ['set-cookie', 'Content-Security-Policy', 'Server'], false)).toEqual({
      'content-security-policy': "script-src 'nonce' 'self'",
      server: null,
      'set-cookie': 'id; Path=/; HttpOnly',
    });
  });
});
