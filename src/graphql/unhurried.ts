import { setImmediate as turn } from 'node:timers/promises';

/** So many objects are resolved at once. */
const AT_ONCE = 500;

/**
 * An answer whose long lists are resolved a part at a time: GraphQL would resolve every entry of a list before anybody else is
 * answered, and how many there are is the page's choice. `objects` is how many there are in all of it, entries and what is in them;
 * of what has none but its entries nobody needs to say; nor for what is no list by its type, as JSON of any shape may be one and is
 * answered whole. https://spec.graphql.org/October2021/#sec-Value-Completion
 */
export function unhurried(answer: object, objects = 0, isList: (name: string) => boolean = () => true): object {
  if (Array.isArray(answer)) return answer.length > AT_ONCE ? inParts(answer as unknown[], AT_ONCE) : (answer as unknown[]);
  const lists = Object.entries(answer).filter(([name, value]) => Array.isArray(value) && isList(name)) as [string, unknown[]][];
  const entries = lists.reduce((sum, [, { length }]) => sum + length, 0);
  if (Math.max(objects, entries) <= AT_ONCE) return answer;
  const atOnce = Math.max(1, Math.floor(AT_ONCE / Math.max(1, objects / entries)));
  return { ...answer, ...Object.fromEntries(lists.map(([name, list]) => [name, inParts(list, atOnce)])) };
}

/** The entries as they are, then promises of the others: of each part once all else has had its turn after the part before it. */
function inParts(list: readonly unknown[], atOnce: number): unknown[] {
  const parts: Promise<unknown>[] = [Promise.resolve()];
  for (let start = atOnce; start < list.length; start += atOnce) parts.push((parts.at(-1) ?? Promise.resolve()).then(() => turn()));
  return list.map((entry, index) => (index < atOnce ? entry : parts[Math.floor(index / atOnce)]?.then(() => entry)));
}
