import { setImmediate as turn } from 'node:timers/promises';

/** A list up to this long is resolved at once. */
const AT_ONCE = 500;

/**
 * An answer whose long lists are resolved a part at a time: GraphQL would resolve every entry of a list before anybody else is
 * answered, and how many there are is the page's choice. https://spec.graphql.org/October2021/#sec-Value-Completion
 */
export function unhurried(answer: object): object {
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) && value.length > AT_ONCE ? inParts(value) : value,
    ]),
  );
}

/** The entries as they are, then promises of the others: of each part once all else has had its turn after the part before it. */
function inParts(list: readonly unknown[]): unknown[] {
  const parts: Promise<unknown>[] = [Promise.resolve()];
  for (let start = AT_ONCE; start < list.length; start += AT_ONCE) parts.push((parts.at(-1) ?? Promise.resolve()).then(() => turn()));
  return list.map((entry, index) => (index < AT_ONCE ? entry : parts[Math.floor(index / AT_ONCE)]?.then(() => entry)));
}
