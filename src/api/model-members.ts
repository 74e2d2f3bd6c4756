/** What a model class declares of one of its members. */
interface Member {
  name: string;
  /** The type, or a list of one. */
  type: () => unknown;
  example: unknown;
}

const members = new WeakMap<object, Member[]>();

/** Notes a member of the model class that has this prototype, in the order of the declarations. */
export function noteMember(prototype: object, member: Member): void {
  const known = members.get(prototype);
  if (known === undefined) members.set(prototype, [member]);
  else known.push(member);
}

/** The members of a model class, after those of the class that it extends; of what is none, none. */
function membersOf(type: unknown): readonly Member[] {
  const prototype: unknown = typeof type === 'function' ? type.prototype : undefined;
  if (typeof prototype !== 'object' || prototype === null) return [];
  return [...membersOf(Object.getPrototypeOf(type)), ...(members.get(prototype) ?? [])];
}

/** The columns of a table of answers of a class: its members, those of what it has one of by dotted names, as `position.line`. */
export function columnsOf(type: unknown): string[] {
  return membersOf(type).flatMap((member) => {
    const within = columnsOf(member.type());
    return within.length === 0 ? [member.name] : within.map((name) => `${member.name}.${name}`);
  });
}

/** An answer of a class as the examples of its members make it. */
export function exampleOf(type: unknown): Record<string, unknown> {
  return Object.fromEntries(membersOf(type).map((member) => [member.name, member.example ?? exampleOfType(member.type())]));
}

function exampleOfType(type: unknown): unknown {
  if (Array.isArray(type)) return [exampleOf(type[0])];
  return membersOf(type).length === 0 ? null : exampleOf(type);
}
