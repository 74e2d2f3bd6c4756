import { type Assertion, holds } from './assertion.ts';
import { type Difference, differences } from './differences.ts';
import { type Entries, entriesOf, WITHIN } from './entries.ts';

/** What a run found: what the page says, or why there is nothing. */
export type Outcome =
  { kind: 'page'; facts: PageFacts; snapshot: string; fetchedAt: string } | { kind: 'problem'; code: string; detail: string };

/** What is known of a page: `compared` is what may change, all of it is what assertions are about. */
export interface PageFacts {
  status: number;
  compared: object;
  all: object;
}

/** A page that later ones are compared with. */
interface Baseline {
  entries: Entries;
  /** Whether it has what the page says, not its status alone: that of an error is no page. */
  isWhole: boolean;
  snapshot: string;
  fetchedAt: string;
}

/** What a watch remembers from run to run. */
export interface Memory {
  baseline: Baseline | null;
  /** Differences that were seen and are not believed yet, and how often in a row. */
  doubts: Record<string, number>;
  /** Runs in a row that brought nothing. */
  failures: number;
  isFailing: boolean;
  /** Of each assertion whether it failed. */
  failed: boolean[];
}

/** Before the first run. */
export const NOTHING: Memory = { baseline: null, doubts: {}, failures: 0, isFailing: false, failed: [] };

/** A change, and the two retrievals between which it came about. */
export interface Change extends Omit<Difference, 'key'> {
  beforeSnapshot: string;
  beforeFetchedAt: string;
  afterSnapshot: string;
  afterFetchedAt: string;
}

/** What a run came to. */
export interface Judgement {
  memory: Memory;
  state: 'baseline' | 'unchanged' | 'changed' | 'failed';
  changes: Change[];
  /** Assertions that do not hold. */
  failed: Assertion[];
  /** What is told, in this order. */
  happenings: { type: string; told: object }[];
  /** Whether it is worth looking again soon: something was seen that is not believed yet. */
  isInDoubt: boolean;
}

/** How a watch judges. */
export interface Standards {
  assertions: readonly Assertion[];
  /** Runs in a row in which something must be seen. */
  confirm: number;
}

/** Changes that one run writes down. */
const MOST_CHANGES = 1000;
/** Changes that are told at once. */
const MOST_TOLD = 10;
/** What is compared of an error of the target: that it is one. */
const OF_ERRORS: ReadonlySet<string> = new Set(['status', 'finalUrl']);

/**
 * What follows of a run. The first page is what later ones are compared with, and no change; what brings no page is a failure and no change, and a
 * page of an error is compared by its status alone. What is seen must be seen as often as `confirm` says, so that what is different each time is none.
 *
 * @throws TooManyEntries
 */
export function judge(memory: Memory, outcome: Outcome, { assertions, confirm }: Standards): Judgement {
  if (outcome.kind === 'problem') return failure(memory, outcome, confirm);
  const { facts, snapshot, fetchedAt } = outcome;
  const happenings: Judgement['happenings'] = [];
  if (memory.isFailing) happenings.push({ type: 'watch.recovered', told: { status: facts.status } });
  const { baseline } = memory;
  const isWhole = facts.status < 400;
  const entries = entriesOf(facts.compared);
  const seen =
    baseline === null
      ? []
      : differences(baseline.entries, entries).filter(({ key }) => OF_ERRORS.has(key) || (isWhole && baseline.isWhole));
  const doubts: Memory['doubts'] = {};
  const believed: Difference[] = [];
  for (const difference of seen) {
    const key = JSON.stringify([difference.key, difference.after]);
    const times = (memory.doubts[key] ?? 0) + 1;
    if (times >= confirm) believed.push(difference);
    else doubts[key] = times;
  }
  const changes = believed.slice(0, MOST_CHANGES).map(({ kind, path, before, after }): Change => ({
    ...{ kind, path, before, after },
    ...{ beforeSnapshot: baseline?.snapshot ?? snapshot, beforeFetchedAt: baseline?.fetchedAt ?? fetchedAt },
    ...{ afterSnapshot: snapshot, afterFetchedAt: fetchedAt },
  }));
  if (changes.length > 0) {
    const first = changes.slice(0, MOST_TOLD).map(({ kind, path, before, after }) => ({ kind, path, before, after }));
    happenings.push({ type: 'watch.changed', told: { total: believed.length, changes: first } });
  }
  const failed = assertions.map((assertion) => !holds(facts.all, assertion));
  assertions.forEach((assertion, index) => {
    const [before, now] = [memory.failed[index] ?? false, failed[index]];
    if (before !== now) happenings.push({ type: `watch.assertion.${now ? 'failed' : 'recovered'}`, told: { assertion } });
  });
  return {
    memory: {
      baseline: nextBaseline(baseline, { entries, isWhole, snapshot, fetchedAt }, believed, doubts),
      doubts,
      failures: 0,
      isFailing: false,
      failed,
    },
    state: baseline === null ? 'baseline' : changes.length > 0 ? 'changed' : 'unchanged',
    changes,
    failed: assertions.filter((_assertion, index) => failed[index]),
    happenings,
    isInDoubt: Object.keys(doubts).length > 0,
  };
}

function failure(memory: Memory, { code, detail }: { code: string; detail: string }, confirm: number): Judgement {
  const failures = memory.failures + 1;
  const isFailing = failures >= confirm;
  const happenings = isFailing && !memory.isFailing ? [{ type: 'watch.failed', told: { problem: { code, detail } } }] : [];
  return { memory: { ...memory, failures, isFailing }, state: 'failed', changes: [], failed: [], happenings, isInDoubt: !isFailing };
}

/** What later pages are compared with: this one, but for what is not believed yet. */
function nextBaseline(before: Baseline | null, now: Baseline, believed: readonly Difference[], doubts: Memory['doubts']): Baseline {
  if (before === null) return now.isWhole ? now : { ...now, entries: ofErrors(now.entries) };
  // The first page after an error that was there from the beginning.
  if (now.isWhole && !before.isWhole) {
    const { status = null, finalUrl = null } = Object.keys(doubts).length > 0 ? before.entries : now.entries;
    return { ...now, entries: { ...now.entries, status, finalUrl } };
  }
  // What an entry of a list has comes and goes with it.
  const keys = new Set(believed.map(({ key }) => key));
  const kept = Object.entries(before.entries).filter(([key]) => !isOf(keys, key));
  const taken = Object.entries(now.entries).filter(([key]) => isOf(keys, key));
  return { ...before, entries: Object.fromEntries([...kept, ...taken]), snapshot: now.snapshot, fetchedAt: now.fetchedAt };
}

/** Whether an entry is one of these, or within one of them. */
function isOf(keys: ReadonlySet<string>, key: string): boolean {
  if (keys.has(key)) return true;
  for (let end = key.indexOf(WITHIN); end >= 0; end = key.indexOf(WITHIN, end + 1)) if (keys.has(key.slice(0, end))) return true;
  return false;
}

function ofErrors(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => OF_ERRORS.has(key)));
}
