/** Where nodes are, as they find their places. */
export interface Layout {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** From 0 to 1, where it has come to rest. */
  readonly progress: number;
  /** Moves everything a little; false once it rests. */
  step: () => boolean;
  /** Holds a node at a place, and lets the others follow; `release` lets it go. */
  hold: (node: number, x: number, y: number) => void;
  release: () => void;
}

/** Steps until it rests, and how much slower each is; how much of its speed a node keeps. */
const STEPS = 300;
const REST = 0.001;
const COOLING = 1 - REST ** (1 / STEPS);
const KEPT = 0.6;
/** How strongly nodes push each other away, and are drawn to the middle; how long a link is. */
const PUSH = -170;
const PULL = 0.09;
const LENGTH = 55;
/** A cell of so small an angle counts as one node, squared. */
const ANGLE = 0.81;
/** Pushes of nodes nearer than this, squared, are as if they were no nearer. */
const NEAR = 25;
/** How warm it becomes again when a node is dragged. */
const WARM = 0.3;

/**
 * Nodes that push each other away and links that hold them together, as d3-force does it: velocity Verlet, and pushes summed by a quadtree.
 * Barnes and Hut, https://doi.org/10.1038/324446a0. Nothing in it is by chance: the same graph is drawn alike each time.
 *
 * @param edges - pairs of nodes, one after the other
 * @param depths - of each node, for where it begins: in rings round the start
 */
export function createLayout(depths: readonly number[], edges: Uint32Array): Layout {
  const count = depths.length;
  const [x, y] = ringsOf(depths);
  const speedX = new Float64Array(count);
  const speedY = new Float64Array(count);
  const degrees = new Uint32Array(count);
  for (const node of edges) degrees[node] = (degrees[node] ?? 0) + 1;
  const tree = createTree(count);
  let heat = 1;
  let target = 0;
  let held = -1;
  const layout = {
    x,
    y,
    get progress() {
      return heat <= REST ? 1 : Math.min(1, Math.log(heat) / Math.log(REST));
    },
    step: (): boolean => {
      if (heat < REST && target === 0) return false;
      heat += (target - heat) * COOLING;
      tree.fill(x, y);
      for (let node = 0; node < count; node += 1) {
        const [pushX, pushY] = tree.push(node, x, y);
        speedX[node] = (speedX[node] ?? 0) + (pushX * PUSH - (x[node] ?? 0) * PULL) * heat;
        speedY[node] = (speedY[node] ?? 0) + (pushY * PUSH - (y[node] ?? 0) * PULL) * heat;
      }
      for (let at = 0; at < edges.length; at += 2) {
        const from = edges[at] ?? 0;
        const to = edges[at + 1] ?? 0;
        if (from === to) continue;
        const dx = (x[to] ?? 0) + (speedX[to] ?? 0) - (x[from] ?? 0) - (speedX[from] ?? 0);
        const dy = (y[to] ?? 0) + (speedY[to] ?? 0) - (y[from] ?? 0) - (speedY[from] ?? 0);
        const length = Math.sqrt(dx * dx + dy * dy) || 1;
        const degreeFrom = degrees[from] ?? 1;
        const degreeTo = degrees[to] ?? 1;
        // One that has many links is not torn by each: the other one comes to it.
        const force = (((length - LENGTH) / length) * heat) / Math.min(degreeFrom, degreeTo);
        const share = degreeFrom / (degreeFrom + degreeTo);
        speedX[to] = (speedX[to] ?? 0) - dx * force * share;
        speedY[to] = (speedY[to] ?? 0) - dy * force * share;
        speedX[from] = (speedX[from] ?? 0) + dx * force * (1 - share);
        speedY[from] = (speedY[from] ?? 0) + dy * force * (1 - share);
      }
      for (let node = 0; node < count; node += 1) {
        speedX[node] = node === held ? 0 : (speedX[node] ?? 0) * KEPT;
        speedY[node] = node === held ? 0 : (speedY[node] ?? 0) * KEPT;
        x[node] = (x[node] ?? 0) + (speedX[node] ?? 0);
        y[node] = (y[node] ?? 0) + (speedY[node] ?? 0);
      }
      return true;
    },
    hold: (node: number, toX: number, toY: number): void => {
      held = node;
      target = WARM;
      heat = Math.max(heat, WARM / 2);
      x[node] = toX;
      y[node] = toY;
    },
    release: (): void => {
      held = -1;
      target = 0;
    },
  };
  return layout;
}

/** Where nodes begin: those of one depth in a ring, in their order, so that those which were found together are neighbours. */
function ringsOf(depths: readonly number[]): [x: Float64Array, y: Float64Array] {
  const sizes = new Map<number, number>();
  for (const depth of depths) sizes.set(depth, (sizes.get(depth) ?? 0) + 1);
  const placed = new Map<number, number>();
  const x = new Float64Array(depths.length);
  const y = new Float64Array(depths.length);
  for (const [node, depth] of depths.entries()) {
    const place = placed.get(depth) ?? 0;
    placed.set(depth, place + 1);
    // A little off the ring, each another way: no two begin at one place.
    const radius = depth * 80 + (node % 7) + 1;
    const angle = (place / (sizes.get(depth) ?? 1)) * 2 * Math.PI + depth;
    x[node] = radius * Math.cos(angle);
    y[node] = radius * Math.sin(angle);
  }
  return [x, y];
}

interface Tree {
  fill: (x: Float64Array, y: Float64Array) => void;
  push: (node: number, x: Float64Array, y: Float64Array) => readonly [number, number];
}

/** Deeper cells are not divided: nodes that are so near count as one to others. */
const MOST_DEEP = 24;

/** A quadtree whose cells know how many nodes they have, and their middle. */
function createTree(count: number): Tree {
  // Each node makes at most as many cells as it has neighbours on its way down; more are made room for.
  let room = Math.max(64, count * 4);
  /** Four a cell: 0 is none, another cell by its number, or a node as less than 0. */
  let children = new Int32Array(room * 4);
  let mass = new Float64Array(room);
  let sumX = new Float64Array(room);
  let sumY = new Float64Array(room);
  let width = new Float64Array(room);
  let used = 0;
  const grown = (old: Float64Array): Float64Array<ArrayBuffer> => {
    const next = new Float64Array(room);
    next.set(old);
    return next;
  };
  const cell = (size: number): number => {
    if (used === room) {
      room *= 2;
      const next = new Int32Array(room * 4);
      next.set(children);
      children = next;
      [mass, sumX, sumY, width] = [grown(mass), grown(sumX), grown(sumY), grown(width)];
    }
    const made = used;
    used += 1;
    children.fill(0, made * 4, made * 4 + 4);
    mass[made] = 0;
    sumX[made] = 0;
    sumY[made] = 0;
    width[made] = size;
    return made;
  };
  const stack: number[] = [];
  const pushed: [number, number] = [0, 0];
  const insert = (node: number, x: Float64Array, y: Float64Array, middleX: number, middleY: number, half: number): void => {
    const nodeX = x[node] ?? 0;
    const nodeY = y[node] ?? 0;
    let at = 0;
    let [cx, cy, size] = [middleX, middleY, half];
    for (let deep = 0; ; deep += 1) {
      mass[at] = (mass[at] ?? 0) + 1;
      sumX[at] = (sumX[at] ?? 0) + nodeX;
      sumY[at] = (sumY[at] ?? 0) + nodeY;
      if (deep === MOST_DEEP) return;
      const quarter = (nodeX >= cx ? 1 : 0) + (nodeY >= cy ? 2 : 0);
      const slot = at * 4 + quarter;
      size /= 2;
      cx += nodeX >= cx ? size : -size;
      cy += nodeY >= cy ? size : -size;
      const there = children[slot] ?? 0;
      if (there === 0) {
        children[slot] = -node - 1;
        return;
      }
      if (there > 0) {
        at = there;
        continue;
      }
      // Another node has it: both go into a cell of their own.
      const other = -there - 1;
      const made = cell(size * 2);
      children[slot] = made;
      mass[made] = 1;
      sumX[made] = x[other] ?? 0;
      sumY[made] = y[other] ?? 0;
      if (deep + 1 < MOST_DEEP) children[made * 4 + ((x[other] ?? 0) >= cx ? 1 : 0) + ((y[other] ?? 0) >= cy ? 2 : 0)] = there;
      at = made;
    }
  };
  return {
    fill: (x, y) => {
      let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
      for (let node = 0; node < count; node += 1) {
        left = Math.min(left, x[node] ?? 0);
        right = Math.max(right, x[node] ?? 0);
        top = Math.min(top, y[node] ?? 0);
        bottom = Math.max(bottom, y[node] ?? 0);
      }
      const half = Math.max(right - left, bottom - top, 1) / 2 + 1;
      used = 0;
      cell(half * 2);
      for (let node = 0; node < count; node += 1) insert(node, x, y, (left + right) / 2, (top + bottom) / 2, half);
    },
    push: (node, x, y) => {
      const nodeX = x[node] ?? 0;
      const nodeY = y[node] ?? 0;
      let [byX, byY] = [0, 0];
      const add = (dx: number, dy: number, squared: number, of: number): void => {
        const far = Math.max(squared, NEAR);
        byX += (dx * of) / far;
        byY += (dy * of) / far;
      };
      stack.length = 0;
      stack.push(0);
      for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
        const of = mass[at] ?? 1;
        const dx = (sumX[at] ?? 0) / of - nodeX;
        const dy = (sumY[at] ?? 0) / of - nodeY;
        const squared = dx * dx + dy * dy;
        const size = width[at] ?? 0;
        if (size * size < ANGLE * squared) {
          add(dx, dy, squared, of);
          continue;
        }
        for (let slot = at * 4; slot < at * 4 + 4; slot += 1) {
          const child = children[slot] ?? 0;
          if (child > 0) stack.push(child);
          else if (child < 0 && -child - 1 !== node) {
            const toX = (x[-child - 1] ?? 0) - nodeX;
            const toY = (y[-child - 1] ?? 0) - nodeY;
            add(toX, toY, toX * toX + toY * toY, 1);
          }
        }
      }
      pushed[0] = byX;
      pushed[1] = byY;
      return pushed;
    },
  };
}
