import type { Element } from 'domhandler';
import { isProblemError, ProblemError } from '../api/problem.ts';
import { type AnswerBudget, createAnswerBudget } from './answer-budget.ts';
import type { PageDocument } from './document.ts';
import type { ExtractOptions } from './extract.args.ts';
import type { Extraction, Miss } from './extract.model.ts';
import { compileShape } from './shape.ts';
import { jsonPointer, quoted } from './shape-faults.ts';
import type { Finder } from './shape-finder.ts';
import type { Missing, Outcome } from './shape-outcome.ts';
import type { ListRule, RecordRule, Rule, ValueRule } from './shape-rule.ts';
import { createValueReader, type ValueReader } from './shape-value.ts';
import type { Parent } from './tree.ts';
import type { XPathItem } from './xpath.ts';

/** Values, lists and records that one answer may have. */
const MAX_VALUES = 1_000_000;
/** Misses that are told one by one. */
const MOST_MISSES = 100;

/**
 * Fills a shape from a document. What the document does not have is null, and told in `misses`. docs/extract.md has the language.
 *
 * @throws ProblemError as {@link compileShape}, `NOT_A_DOCUMENT`, and `PARSE_LIMIT_EXCEEDED` as soon as the answer would have more than a
 * million values or pass 64 MiB.
 */
export function extract(document: PageDocument, { shape }: ExtractOptions): Extraction {
  // The tree comes first: where there is none, no shape is at fault.
  const { tree } = document;
  const rule = compileShape(document, JSON.parse(shape));
  return new Filling(document).extraction(rule, tree);
}

/** In place of a value that is required and missing, and of the record or the entry that lacks it. */
class LeftOut {
  readonly missing: Missing;

  constructor(missing: Missing) {
    this.missing = missing;
  }
}

/** One shape being filled. */
class Filling {
  readonly #misses: Miss[] = [];
  #missed = 0;
  readonly #url: string | undefined;
  readonly #budget: AnswerBudget;
  readonly #read: ValueReader;
  /** Where in the answer. */
  readonly #path: (string | number)[] = [];
  #values = 0;

  constructor(document: PageDocument) {
    this.#url = document.url ?? undefined;
    this.#budget = createAnswerBudget(document.url, 'ask for fewer members, or let the selectors of lists find less');
    this.#read = createValueReader(document, this.#budget);
  }

  extraction(rule: Rule, root: Parent): Extraction {
    const data = this.#orMiss(this.#fill(rule, root));
    return { data, missed: this.#missed, misses: this.#misses };
  }

  #fill(rule: Rule, root: Parent): unknown {
    this.#count();
    switch (rule.kind) {
      case 'constant':
        return this.#given(rule.json);
      case 'value':
        return this.#settled(this.#first(rule, root), rule);
      case 'list':
        return this.#list(rule, root);
      case 'record':
        return this.#record(rule, root);
    }
  }

  #record(rule: RecordRule, root: Parent): unknown {
    if (rule.scope === null) return this.#members(rule, root);
    const found = this.#elements(rule.scope, root, true);
    const [element] = 'reason' in found ? [] : found;
    return element === undefined ? this.#miss(found as Missing) : this.#members(rule, element);
  }

  #members({ members }: RecordRule, element: Parent): unknown {
    const [missed, told] = [this.#missed, this.#misses.length];
    const filled: [string, unknown][] = [];
    for (const [name, rule] of members) {
      this.#budget.spend(name);
      this.#path.push(name);
      const value = this.#fill(rule, element);
      if (value instanceof LeftOut && rule.kind === 'value') {
        this.#path.pop();
        // What else it lacks is of no interest.
        [this.#missed, this.#misses.length] = [missed, told];
        return new LeftOut({ reason: 'left-out', message: `${quoted(name)} is required: ${value.missing.message}` });
      }
      filled.push([name, this.#orMiss(value)]);
      this.#path.pop();
    }
    return Object.fromEntries(filled);
  }

  #list({ of }: ListRule, root: Parent): unknown[] {
    const list = of.kind === 'record' ? this.#records(of, root) : this.#entries(of, root);
    if ('reason' in list) {
      this.#miss(list);
      return [];
    }
    return list;
  }

  #records(rule: RecordRule, root: Parent): unknown[] | Missing {
    if (rule.scope === null) return [];
    const found = this.#elements(rule.scope, root);
    return 'reason' in found ? found : this.#collect(rule.scope, found, (element) => this.#members(rule, element));
  }

  /** Of alternatives, the first that finds anything has the entries. */
  #entries(rule: ValueRule, root: Parent): unknown[] | Missing {
    let missing: Missing | null = null;
    for (const finder of rule.finders) {
      const found = this.#items(finder, root);
      if (!('reason' in found)) return this.#collect(finder, found, (item) => this.#settled(this.#read(rule, finder, item), rule));
      missing ??= found;
    }
    return withOthers(missing, rule);
  }

  #collect<Item>({ selector }: Finder, found: readonly Item[], read: (item: Item) => unknown): unknown[] {
    const list: unknown[] = [];
    for (const [index, item] of found.entries()) {
      this.#count();
      this.#path.push(list.length);
      const entry = read(item);
      this.#path.pop();
      // It has no place of its own in the list.
      if (entry instanceof LeftOut) {
        const message = `number ${String(index + 1)} of what ${quoted(selector)} finds is left out: ${entry.missing.message}`;
        this.#miss({ reason: 'left-out', message });
      } else {
        list.push(entry);
      }
    }
    return list;
  }

  /** The first value that one of the alternatives gives; what is weak counts where no other gives any. */
  #first(rule: ValueRule, root: Parent): Outcome {
    let weak: Outcome | null = null;
    let missing: Missing | null = null;
    for (const finder of rule.finders) {
      const found = this.#items(finder, root, true);
      const [item] = 'reason' in found ? [] : found;
      const outcome = item === undefined ? (found as Missing) : this.#read(rule, finder, item);
      if ('reason' in outcome) missing ??= outcome;
      else if (outcome.isWeak === true) weak ??= outcome;
      else return outcome;
    }
    return weak ?? withOthers(missing, rule);
  }

  /** The value of what was read, what stands in its place, or null. */
  #settled(outcome: Outcome, { preset, required }: ValueRule): unknown {
    if ('value' in outcome) return typeof outcome.value === 'string' ? this.#budget.spend(outcome.value) : outcome.value;
    if (preset !== null) return this.#given(preset);
    return required ? new LeftOut(outcome) : this.#miss(outcome);
  }

  #given(json: string): unknown {
    return JSON.parse(this.#budget.spend(json));
  }

  /** What a selector finds, or its first; why there is nothing. An XPath expression may fail on one page and not on another. */
  #items(finder: Finder, root: Parent, isOneEnough = false): readonly XPathItem[] | Missing {
    try {
      const first = isOneEnough ? finder.first(root) : null;
      const found = !isOneEnough ? finder.all(root) : first === null ? [] : [first];
      return found.length > 0 ? found : { reason: 'no-match', message: `nothing is found by ${quoted(finder.selector)}` };
    } catch (error) {
      if (finder.language === 'css' || isProblemError(error)) throw error;
      return { reason: 'failed', message: `${quoted(finder.selector)} fails: ${(error as Error).message}` };
    }
  }

  /** The elements alone. */
  #elements(finder: Finder, root: Parent, isOneEnough = false): readonly Element[] | Missing {
    const found = this.#items(finder, root, isOneEnough && finder.language === 'css');
    if ('reason' in found) return found;
    const elements = found.filter((item) => typeof item === 'object');
    return elements.length > 0 ? elements : { reason: 'no-match', message: `${quoted(finder.selector)} finds values, and no element` };
  }

  #orMiss(value: unknown): unknown {
    return value instanceof LeftOut ? this.#miss(value.missing) : value;
  }

  #miss(missing: Missing): null {
    this.#missed++;
    if (this.#misses.length < MOST_MISSES) this.#misses.push({ pointer: jsonPointer(this.#path), ...missing });
    return null;
  }

  #count(): void {
    if (++this.#values <= MAX_VALUES) return;
    const detail = `the answer would have more than ${String(MAX_VALUES)} values: let the selectors of its lists find less`;
    throw new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { phase: 'parse', url: this.#url });
  }
}

/** What was wrong with the first alternative, and that the others did no better. */
function withOthers(missing: Missing | null, { finders: { length } }: ValueRule): Missing {
  const { reason, message } = missing ?? { reason: 'no-match', message: 'nothing is looked for' };
  return { reason, message: length > 1 ? `${message}; no other alternative gives a value either` : message };
}
