/** The wanted members of an object, each with those of its own that are wanted; null for the whole of it. */
type Wanted = Map<string, Wanted | null>;

/**
 * An answer with the members alone that `fields` names, in the order that it has them; the answer itself where there are none. Dotted names
 * go through lists, to each of their entries. What has no members is left whole, since a value of free JSON may be this or that. A member that
 * is not wanted is not even read.
 *
 * @example
 * trimmed({ total: 1, links: [{ href: 'a', url: null }], next: null }, ['total', 'links.href']) // { total: 1, links: [{ href: 'a' }] }
 */
export function trimmed(answer: object, fields: readonly string[] | undefined): object {
  return fields === undefined ? answer : (pick(answer, wantedOf(fields)) as object);
}

/** Whether `fields` want this member, whole or in part, or what it is part of. */
export function isWanted(path: string, fields: readonly string[] | undefined): boolean {
  return fields?.some((field) => field === path || path.startsWith(`${field}.`) || field.startsWith(`${path}.`)) ?? true;
}

function wantedOf(fields: readonly string[]): Wanted {
  const root: Wanted = new Map();
  for (const field of fields) {
    const names = field.split('.');
    const last = names.pop() ?? '';
    let members: Wanted | null = root;
    for (const name of names) {
      let within: Wanted | null | undefined = members.get(name);
      if (within === undefined) members.set(name, (within = new Map()));
      members = within;
      if (members === null) break; // The whole of it is wanted already.
    }
    members?.set(last, null);
  }
  return root;
}

function pick(value: unknown, wanted: Wanted): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => pick(entry, wanted));
  if (typeof value !== 'object' || value === null) return value;
  const picked: [string, unknown][] = [];
  // Those of its class, too, which makes them when they are read.
  for (const name in value) {
    const within = wanted.get(name);
    if (within === undefined) continue;
    const member = (value as Record<string, unknown>)[name];
    picked.push([name, within === null ? member : pick(member, within)]);
  }
  // Not by assignment, which takes `__proto__` for something else.
  return Object.fromEntries(picked);
}
