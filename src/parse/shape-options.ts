import { isProblemError } from '../api/problem.ts';
import type { PageDocument } from './document.ts';
import type { Path, ShapeFaults } from './shape-faults.ts';
import { compileFinder, type Finder } from './shape-finder.ts';
import { compilePattern, type Pattern } from './shape-pattern.ts';
import { type ConstantRule, VALUE_TYPES, type ValueRule, type ValueType } from './shape-rule.ts';

/** Alternatives of one value. */
const MAX_ALTERNATIVES = 20;

/** What may stand beside `$`. */
const OPTIONS = ['attr', 'type', 'match', 'decimal', 'default', 'required', 'constant'] as const;

/** Whether a name is that of an option. */
export function isOption(name: unknown): boolean {
  return OPTIONS.some((option) => option === name);
}

/** An object of JSON. */
export type Members = Readonly<Record<string, unknown>>;

/** What reading a shape needs. */
export interface ShapeContext {
  document: PageDocument;
  faults: ShapeFaults;
}

/** Reads `{"$": …}`; null where it is at fault. */
export function compileOptions(context: ShapeContext, options: Members, path: Path): ValueRule | ConstantRule | null {
  const { faults } = context;
  const names = Object.keys(options).filter((name) => name !== '$');
  const unknown = names.filter((name) => !isOption(name));
  for (const name of unknown) faults.add([...path, name], `is unknown; beside "$" there may be ${OPTIONS.join(', ')}`);
  if (options['$'] !== null) {
    if (names.includes('constant'))
      faults.add([...path, 'constant'], 'stands beside "$": null; in place of a missing value stands default');
    return compileValue(context, options, path);
  }
  if (!names.includes('constant')) return faults.add(path, 'must have "constant", as "$" is null and nothing is looked for');
  for (const name of names) if (name !== 'constant' && isOption(name)) faults.add([...path, name], 'does not go with constant');
  return { kind: 'constant', json: JSON.stringify(options['constant']) };
}

/** Reads a selector that stands for a value; null where it is at fault. */
export function compileShort(context: ShapeContext, selector: string, path: Path): ValueRule | null {
  const finder = compileSelector(context, selector, path);
  return finder && { kind: 'value', finders: [finder], type: 'text', pattern: null, decimal: '.', preset: null, required: false };
}

/** Reads a selector; null where it is at fault. */
export function compileSelector({ document, faults }: ShapeContext, selector: unknown, path: Path): Finder | null {
  if (typeof selector !== 'string') return faults.add(path, 'must be a selector');
  try {
    return compileFinder(document, selector);
  } catch (error) {
    if (isProblemError(error)) throw error;
    return faults.addSelector(path, (error as Error).message);
  }
}

function compileValue(context: ShapeContext, options: Members, path: Path): ValueRule {
  const { faults } = context;
  const { type = 'text', decimal = '.', required = false } = options;
  const at = (name: string): Path => [...path, name];
  if (!isValueType(type)) faults.add(at('type'), `must be one of ${VALUE_TYPES.join(', ')}`);
  if (decimal !== '.' && decimal !== ',') faults.add(at('decimal'), 'must be "." or ","');
  else if ('decimal' in options && type !== 'number') faults.add(at('decimal'), 'goes with "type": "number"');
  if (typeof required !== 'boolean') faults.add(at('required'), 'must be true or false');
  else if (required && 'default' in options) faults.add(at('required'), 'does not go with default, with which nothing is missing');
  const attr = compileAttr(context, options['attr'], at('attr'));
  const finders = compileAlternatives(context, options['$'], attr, path);
  if (type === 'html' && finders.some((finder) => finder.attr !== null)) {
    faults.add(at('type'), 'must not be html, which is the markup of elements: attributes have none');
  }
  return {
    kind: 'value',
    finders,
    type: isValueType(type) ? type : 'text',
    pattern: 'match' in options ? compileMatch(context, options['match'], at('match')) : null,
    decimal: decimal === ',' ? ',' : '.',
    preset: 'default' in options ? JSON.stringify(options['default']) : null,
    required: required === true,
  };
}

function compileAttr({ faults }: ShapeContext, attr: unknown, path: Path): string | null {
  if (attr === undefined) return null;
  return typeof attr === 'string' && attr !== '' ? attr : faults.add(path, 'must be the name of an attribute');
}

function compileAlternatives(context: ShapeContext, selectors: unknown, attr: string | null, path: Path): Finder[] {
  const isList = Array.isArray(selectors);
  const all: readonly unknown[] = isList ? selectors : [selectors];
  if (all.length === 0 || all.length > MAX_ALTERNATIVES) {
    context.faults.add(
      [...path, '$'],
      `must be a selector, or a list of 1 to ${String(MAX_ALTERNATIVES)} of which the first counts that finds something`,
    );
    return [];
  }
  return all.flatMap((selector, index) => {
    const place = isList ? [...path, '$', index] : [...path, '$'];
    const finder = compileSelector(context, selector, place);
    if (finder === null) return [];
    if (attr === null) return [finder];
    if (finder.attr === null && finder.language === 'css') return [{ ...finder, attr }];
    const why =
      finder.language === 'css'
        ? `is said twice: the selector names @${finder.attr ?? ''}`
        : 'goes with CSS: in XPath it is a step, such as /@href';
    context.faults.add([...path, 'attr'], why);
    return [];
  });
}

function compileMatch({ faults }: ShapeContext, expression: unknown, path: Path): Pattern | null {
  if (typeof expression !== 'string' || expression === '') return faults.add(path, 'must be a regular expression');
  try {
    return compilePattern(expression);
  } catch (error) {
    return faults.add(path, (error as Error).message);
  }
}

/** Whether a word is one of the types. */
export function isValueType(type: unknown): type is ValueType {
  return VALUE_TYPES.some((known) => known === type);
}
