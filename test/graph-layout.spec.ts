import { describe, expect, it } from '@jest/globals';
import { createLayout } from '../console/jobs/graph/layout.ts';

/** Two rings of pages, each linked to the next, and no link from one ring to the other. */
const RING = 40;
const edges = Uint32Array.from(
  [0, RING].flatMap((from) => Array.from({ length: RING }, (_, at) => [from + at, from + ((at + 1) % RING)]).flat()),
);
const depths = Array.from({ length: 2 * RING }, (_, at) => at % 5);

function laidOut(): ReturnType<typeof createLayout> {
  const layout = createLayout(depths, edges);
  while (layout.step());
  return layout;
}

describe('the layout of a link graph', () => {
  it('comes to rest with pages that link to each other nearer than others, and nothing at one place', () => {
    const { x, y, progress } = laidOut();
    const far = (one: number, other: number): number => Math.hypot((x[one] ?? 0) - (x[other] ?? 0), (y[one] ?? 0) - (y[other] ?? 0));
    const pairs = Array.from({ length: x.length }, (_, one) => Array.from({ length: one }, (_, other) => far(one, other))).flat();
    const links = Array.from({ length: edges.length / 2 }, (_, at) => far(edges[at * 2] ?? 0, edges[at * 2 + 1] ?? 0));
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect([progress, pairs.every(Number.isFinite)]).toEqual([1, true]);
    expect(mean(links) * 2).toBeLessThan(mean(pairs));
    expect(Math.min(...pairs)).toBeGreaterThan(5);
  });

  it('is the same each time', () => {
    expect([laidOut().x, laidOut().y]).toEqual([laidOut().x, laidOut().y]);
  });

  it('lays out no page, one page, and pages without a link', () => {
    for (const count of [0, 1, 5]) {
      const layout = createLayout(
        Array.from({ length: count }, () => 0),
        new Uint32Array(),
      );
      while (layout.step());
      expect([...layout.x, ...layout.y].every(Number.isFinite)).toBe(true);
    }
  });

  it('holds a page that is pulled, lets the others follow, and comes to rest once it is let go', () => {
    const layout = laidOut();
    const before = layout.x[1] ?? 0;
    layout.hold(0, 5000, 0);
    for (let step = 0; step < 50; step += 1) layout.step();
    expect([layout.x[0], layout.y[0]]).toEqual([5000, 0]);
    expect(layout.x[1]).toBeGreaterThan(before);
    layout.release();
    let steps = 0;
    while (layout.step()) steps += 1;
    expect(steps).toBeLessThan(1000);
  });
});
