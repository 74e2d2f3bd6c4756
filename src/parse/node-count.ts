import { ProblemError } from '../api/problem.ts';
import { following, type Parent } from './tree.ts';

/** Nodes that are passed by while one view is read: five times what the largest document has. */
const MAX_VISITED_NODES = 5_000_000;

/** Counts the nodes that are passed by. */
export interface NodeCount {
  /** Throws PARSE_LIMIT_EXCEEDED where the nodes below `root` would be too many, those counted before included. */
  below(root: Parent): void;
  /** The same of so many nodes. */
  passed(nodes: number): void;
}

/** Counts from nothing. What lies within one another is passed by again and again: selections within selections end here. */
export function createNodeCount(url: string | null): NodeCount {
  let left = MAX_VISITED_NODES;
  const judge = (): void => {
    if (left >= 0) return;
    const detail = `what is asked lies within one another so often that more than ${String(MAX_VISITED_NODES)} nodes would be passed by: ask for fewer elements with limit, or by a narrower selector`;
    throw new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { phase: 'parse', url: url ?? undefined });
  };
  return {
    below(root) {
      left -= 1;
      for (let node = following(root, root); node !== null && left >= 0; node = following(node, root)) left -= 1;
      judge();
    },
    passed(nodes) {
      left -= nodes;
      judge();
    },
  };
}
