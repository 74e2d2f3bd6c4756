import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '../../test/support/property.ts';
import { orderBy } from './page-order.ts';
import { pageRank } from './page-rank.ts';

/** Pages, each with those that it leads to, or null of one that is no part of it. */
type Lists = readonly (readonly number[] | null)[];

function ranksOf(lists: Lists): Promise<Float64Array> {
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach((list, page) => (starts[page + 1] = starts[page]! + (list?.length ?? 0)));
  return pageRank({
    isPart: Uint8Array.from(lists, (list) => Number(list !== null)),
    starts,
    targets: Int32Array.from(lists.flatMap((list) => list ?? [])),
  });
}

/** The same by the definition: the solution of r = (1 - d) / n + d M r, with a dense matrix and Gaussian elimination. */
function solved(lists: Lists): number[] {
  const parts = lists.flatMap((list, page) => (list === null ? [] : [page]));
  const rows = parts.map((to) => {
    const row = parts.map((from) => {
      const list = lists[from]!;
      const share = list.length === 0 ? 1 / parts.length : list.includes(to) ? 1 / list.length : 0;
      return Number(from === to) - 0.85 * share;
    });
    return [...row, 0.15 / parts.length];
  });
  for (let column = 0; column < rows.length; column += 1) {
    const pivot = rows.slice(column).reduce((best, row) => (Math.abs(row[column]!) > Math.abs(best[column]!) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[column]! / pivot[column]!;
      row.forEach((value, at) => (row[at] = value - factor * pivot[at]!));
    }
  }
  const ranks = lists.map(() => NaN);
  parts.forEach((page, at) => (ranks[page] = rows[at]!.at(-1)! / rows[at]![at]!));
  return ranks;
}

const webs = fc.array(fc.option(fc.array(fc.nat(1000), { maxLength: 6 }), { freq: 8 }), { maxLength: 40 }).map((lists) =>
  lists.map((list, page) => {
    const targets = [...new Set(list?.map((target) => target % lists.length))];
    return list === null ? null : targets.filter((target) => target !== page && lists[target] !== null);
  }),
);

describe('PageRank', () => {
  it('is what the definition says, whatever leads to what', async () => {
    await fc.assert(
      fc.asyncProperty(webs, async (lists) => {
        const ranks = await ranksOf(lists);
        const expected = solved(lists);
        expect(ranks.length).toBe(lists.length);
        ranks.forEach((rank, page) => {
          if (lists[page] === null) expect(rank).toBeNaN();
          else expect(Math.abs(rank - expected[page]!)).toBeLessThan(1e-6);
        });
      }),
      runs(200),
    );
  });

  it('is known of small webs', async () => {
    expect([...(await ranksOf([]))]).toEqual([]);
    expect([...(await ranksOf([[]]))]).toEqual([1]);
    expect([...(await ranksOf([[1], [0]]))]).toEqual([0.5, 0.5]);
    // Whoever nobody leads to has what everybody has, and passes on most of it.
    const [from, to] = await ranksOf([[1], []]);
    expect(from).toBeCloseTo(1 / 2.85, 8);
    expect(to).toBeCloseTo(1.85 / 2.85, 8);
  });
});

describe('an order', () => {
  it('is that of the numbers, then that of the pages, and what has none is last', async () => {
    const number = fc.oneof(fc.nat(5), fc.double({ min: 0, noDefaultInfinity: true, noNaN: true }), fc.constant(NaN));
    await fc.assert(
      fc.asyncProperty(fc.array(number), fc.boolean(), async (numbers, isDescending) => {
        const worst = isDescending ? 0 : Infinity;
        const keyOf = (page: number): number => (Number.isNaN(numbers[page]) ? worst : numbers[page]!);
        const expected = [...numbers.keys()].sort((one, other) => {
          const [a, b] = [keyOf(one), keyOf(other)];
          return a === b ? one - other : a < b === isDescending ? 1 : -1;
        });
        expect([...(await orderBy(numbers, isDescending))]).toEqual(expected);
      }),
      runs(200),
    );
  });
});
