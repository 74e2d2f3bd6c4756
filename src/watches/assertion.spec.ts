import { describe, expect, it } from '@jest/globals';
import { assertionFault, holds, type Operator } from './assertion.ts';

const FACTS = {
  status: 200,
  certificate: null,
  extract: { data: { price: '9.50', tags: ['new', 'sale'], stock: 0 } },
  title: 'First Page',
};

describe('an assertion', () => {
  it.each<[string, Operator, string | null, boolean]>([
    ['status', 'equals', '200', true],
    ['status', 'equals', '200.0', true],
    ['status', 'differs', '404', true],
    ['status', 'less', '300', true],
    ['status', 'atMost', '199', false],
    ['extract.data.price', 'less', '10', true],
    ['extract.data.price', 'greater', '10', false],
    ['extract.data.price', 'atLeast', '9.5', true],
    ['extract.data.stock', 'exists', null, true],
    ['extract.data.tags', 'contains', 'sale', true],
    ['extract.data.tags.1', 'equals', 'sale', true],
    ['extract.data.tags', 'excludes', 'old', true],
    ['extract.data.none', 'excludes', 'old', false],
    ['title', 'matches', '^First', true],
    ['title', 'less', '10', false],
    ['certificate', 'missing', null, true],
    ['certificate.daysLeft', 'atLeast', '14', false],
    ['constructor.name', 'exists', null, false],
  ])('%s %s %s is %s', (path, op, value, outcome) => {
    expect(holds(FACTS, { path, op, value })).toBe(outcome);
  });

  it.each<[Operator, string | null, boolean]>([
    ['equals', null, false],
    ['less', 'ten', false],
    ['less', '10', true],
    ['matches', '(', false],
    ['matches', '(?=a)', false],
    ['exists', null, true],
  ])('of %s with %s can be read: %s', (op, value, isFine) => {
    expect(assertionFault({ path: 'a', op, value }) === null).toBe(isFine);
  });
});
