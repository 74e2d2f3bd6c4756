import type { PageDocument } from './document.ts';
import { type Path, quoted, ShapeFaults } from './shape-faults.ts';
import type { Finder } from './shape-finder.ts';
import { compileOptions, compileSelector, compileShort, isOption, isValueType, type Members, type ShapeContext } from './shape-options.ts';
import type { ListRule, RecordRule, Rule } from './shape-rule.ts';

/** Lists and records within each other. */
const MAX_SHAPE_DEPTH = 16;
/** Values, lists and records together. */
const MAX_SHAPE_RULES = 500;

/**
 * Reads a shape for a document: every selector and every regular expression once.
 *
 * @throws ProblemError `INVALID_REQUEST` with each fault at its JSON Pointer within the shape; `INVALID_SELECTOR` where all are of selectors.
 */
export function compileShape(document: PageDocument, shape: unknown): Rule {
  const context: Compilation = { document, faults: new ShapeFaults(), rules: 0 };
  const rule = compile(context, shape, []);
  if (rule === null || !context.faults.isEmpty) throw context.faults.problem(document.url);
  return rule;
}

interface Compilation extends ShapeContext {
  rules: number;
}

/** `depth` counts lists and records, but not the places in a list, which the path has, too. */
function compile(context: Compilation, shape: unknown, path: Path, depth = 0): Rule | null {
  const { faults } = context;
  if (faults.isFull) return null;
  if (depth > MAX_SHAPE_DEPTH)
    return faults.add(path, `is too deep: a shape has at most ${String(MAX_SHAPE_DEPTH)} lists and records within each other`);
  if (++context.rules > MAX_SHAPE_RULES) {
    // Told once: what follows is not looked at.
    return context.rules === MAX_SHAPE_RULES + 1
      ? faults.add(path, `is one too many: a shape has at most ${String(MAX_SHAPE_RULES)} values, lists and records`)
      : null;
  }
  if (typeof shape === 'string') return compileShort(context, shape, path);
  if (Array.isArray(shape)) return compileList(context, shape, path, depth);
  if (!isMembers(shape)) return faults.add(path, misplaced(shape, path.at(-1)));
  return Object.hasOwn(shape, '$') ? compileOptions(context, shape, path) : compileRecord(context, shape, path, depth);
}

function misplaced(shape: unknown, name: unknown): string {
  const written = JSON.stringify(shape);
  return isOption(name)
    ? `must be a selector, not ${written}: options stand beside "$", as in {"$": selector, "${String(name)}": ${written}}`
    : `must be a selector, an object or a list, not ${written}; a value that is not looked for is {"$": null, "constant": ${written}}`;
}

function compileList(context: Compilation, list: readonly unknown[], path: Path, depth: number): ListRule | null {
  const { faults } = context;
  if (list.length !== 1) {
    const advice =
      list.length > 1 && list.every((entry) => typeof entry === 'string') ? '; alternatives are {"$": [selector, selector]}' : '';
    return faults.add(
      path,
      `must have one entry, which says what each entry of the answer is, as in ["li"] or [{"_": "li", "title": "h2"}]${advice}`,
    );
  }
  const within = [...path, 0];
  const of = compile(context, list[0], within, depth + 1);
  if (of === null) return null;
  if (of.kind === 'list') return faults.add(within, 'must not be a list: let it be a record with "_" whose member is a list');
  if (of.kind === 'constant') return faults.add(within, 'must not be a constant: nothing says how many there would be');
  if (of.kind === 'record' && of.scope === null) {
    return faults.add(within, 'must have "_", the selector of the elements that are the records, as in [{"_": "li", "title": "h2"}]');
  }
  return { kind: 'list', of };
}

function compileRecord(context: Compilation, members: Members, path: Path, depth: number): RecordRule | null {
  const { faults } = context;
  const hasScope = Object.hasOwn(members, '_');
  const scope = hasScope ? compileScope(context, members['_'], [...path, '_']) : null;
  const names = Object.keys(members).filter((name) => name !== '_');
  if (names.length === 0) {
    const advice = scope === null ? '' : `; the text of each such element is [${quoted(scope.selector)}]`;
    return faults.add(
      path,
      hasScope ? `must have a member besides "_"${advice}` : 'must have a member: each has a name and a selector, as in {"title": "h1"}',
    );
  }
  const foreign = foreignRecord(members);
  if (foreign !== null) return faults.add(path, foreign);
  const rules = names.map((name) => [name, compileMember(context, members[name], [...path, name], depth)] as const);
  if (hasScope && scope === null) return null;
  return { kind: 'record', scope, members: rules.flatMap(([name, rule]) => (rule === null ? [] : [[name, rule] as const])) };
}

/** Words for types in other tools; no element of HTML is named so. */
const FOREIGN_TYPES: ReadonlySet<unknown> = new Set(['attribute', 'attr', 'string', 'integer', 'int', 'float', 'bool', 'list', 'nested']);

/** What is written as other tools have it would be read as selectors, which find nothing. */
function foreignRecord({ selector, type, properties }: Members): string | null {
  if (typeof selector === 'string' && (isValueType(type) || FOREIGN_TYPES.has(type))) {
    const meant = JSON.stringify({ $: selector, ...(isValueType(type) && { type }) });
    return `has a selector named "selector": the selector of a value with options is named "$", as in ${meant.slice(0, 200)}`;
  }
  if (type === 'object' && isMembers(properties)) {
    return 'is a JSON Schema: a shape looks like the answer itself, with a selector in place of each value, as in {"title": "h1"}';
  }
  return null;
}

function compileMember(context: Compilation, shape: unknown, path: Path, depth: number): Rule | null {
  // What reads JSON takes it for something else than a member, or refuses it.
  if (path.at(-1) === '__proto__') return context.faults.add(path, 'is no name for a member');
  return compile(context, shape, path, depth + 1);
}

function compileScope(context: Compilation, selector: unknown, path: Path): Finder | null {
  const finder = compileSelector(context, selector, path);
  const attr = finder?.attr ?? null;
  return attr === null ? finder : context.faults.add(path, `must name elements, and not their attribute ${attr}`);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
