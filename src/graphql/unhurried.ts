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

async function* inParts(list: readonly unknown[]): AsyncGenerator<unknown, void, undefined> {
  for (const [index, entry] of list.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await turn();
    yield entry;
  }
}
