import { ProblemError } from '../api/problem.ts';

/** How large a parsed document may become. */
export interface ParseLimits {
  /** Elements, texts and comments together. */
  maxNodes: number;
  /** Elements open at once while parsing. */
  maxDepth: number;
  /** Attributes of one element. */
  maxAttributes: number;
}

/** Far beyond any page that people wrote, and below what a process holds. */
export const DEFAULT_PARSE_LIMITS: Readonly<ParseLimits> = { maxNodes: 1_000_000, maxDepth: 2_000, maxAttributes: 10_000 };

/** Counts a document while it is parsed. */
export interface TreeCount {
  /** One more node. */
  node(): void;
  /** An element is open. */
  open(): void;
  /** The element is closed. */
  close(): void;
  /** An element has this many attributes. */
  attributes(count: number): void;
}

/**
 * Counts from nothing; every operation throws PARSE_LIMIT_EXCEEDED where a limit is passed, so that a page whose tree is the square of its
 * length ends early.
 */
export function createTreeCount({ maxNodes, maxDepth, maxAttributes }: ParseLimits, url: string | null): TreeCount {
  let nodes = 0;
  let depth = 0;
  const exceeded = (what: string): ProblemError =>
    new ProblemError(
      'PARSE_LIMIT_EXCEEDED',
      `The document ${what} and was not read. Its raw text is still answered by /body and /wordcount?source=raw.`,
      {
        phase: 'parse',
        url: url ?? undefined,
      },
    );
  return {
    node() {
      if (++nodes > maxNodes) throw exceeded(`has more than ${String(maxNodes)} nodes`);
    },
    open() {
      if (++depth > maxDepth) throw exceeded(`opens more than ${String(maxDepth)} elements within each other`);
    },
    close() {
      depth--;
    },
    attributes(count) {
      if (count > maxAttributes) throw exceeded(`has an element with more than ${String(maxAttributes)} attributes`);
    },
  };
}
