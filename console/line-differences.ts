/** A place of two texts, side by side; null where one of them has no such line. Lines are counted from 0. */
export interface LinePair {
  kind: 'same' | 'changed';
  left: number | null;
  right: number | null;
}

/** So many lines may differ before it is no longer told which: the time that takes grows with their square. */
const MOST_DIFFERENT = 600;

/**
 * Pairs the lines of two texts: those that both have in this order, and between them those that one has.
 *
 * @see Eugene W. Myers, An O(ND) Difference Algorithm and Its Variations, 1986
 */
export function pairedLines(left: readonly string[], right: readonly string[]): LinePair[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const between = matches(left.slice(start, left.length - end), right.slice(start, right.length - end));
  const same = [
    ...Array.from({ length: start }, (_, index): [number, number] => [index, index]),
    ...between.map(([one, other]): [number, number] => [one + start, other + start]),
    ...Array.from({ length: end }, (_, index): [number, number] => [left.length - end + index, right.length - end + index]),
  ];
  const pairs: LinePair[] = [];
  let [x, y] = [0, 0];
  for (const [one, other] of [...same, [left.length, right.length] as const]) {
    // What one has in place of what the other has stands beside it.
    while (x < one || y < other) {
      pairs.push({ kind: 'changed', left: x < one ? x : null, right: y < other ? y : null });
      x = Math.min(one, x + 1);
      y = Math.min(other, y + 1);
    }
    if (one < left.length) pairs.push({ kind: 'same', left: one, right: other });
    [x, y] = [one + 1, other + 1];
  }
  return pairs;
}

/** The longest common subsequence, as pairs of places; none where the two differ by too much. */
function matches(left: readonly string[], right: readonly string[]): [number, number][] {
  const most = Math.min(left.length + right.length, MOST_DIFFERENT);
  const reach = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let distance = 0; distance <= most; distance += 1) {
    trail.push(new Map(reach));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      let x = stepsDown(reach, diagonal, distance) ? at(reach, diagonal + 1) : at(reach, diagonal - 1) + 1;
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) x += 1;
      reach.set(diagonal, x);
      if (x >= left.length && x - diagonal >= right.length) return walkedBack(trail, left.length, right.length);
    }
  }
  return [];
}

const at = (reach: ReadonlyMap<number, number>, diagonal: number): number => reach.get(diagonal) ?? -1;

const stepsDown = (reach: ReadonlyMap<number, number>, diagonal: number, distance: number): boolean =>
  diagonal === -distance || (diagonal !== distance && at(reach, diagonal - 1) < at(reach, diagonal + 1));

function walkedBack(trail: readonly Map<number, number>[], width: number, height: number): [number, number][] {
  const found: [number, number][] = [];
  let [x, y] = [width, height];
  for (let distance = trail.length - 1; distance >= 0; distance -= 1) {
    const reach = trail[distance] ?? new Map<number, number>();
    const diagonal = x - y;
    const before = stepsDown(reach, diagonal, distance) ? diagonal + 1 : diagonal - 1;
    const fromX = at(reach, before);
    const fromY = fromX - before;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      x -= 1;
      y -= 1;
      found.push([x, y]);
    }
    [x, y] = [fromX, fromY];
  }
  return found.reverse();
}
