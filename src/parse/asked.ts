/** What is asked of an object: its members, each with what is asked of it in turn. Plain JSON, so that another process can be told. */
export interface Asked {
  members: readonly AskedMember[];
  /** Bytes that the names take which the caller gave them, for each such object. */
  nameBytes: number;
}

/** One member that is asked for. */
export interface AskedMember {
  name: string;
  /** What the answer has it under. */
  key: string;
  /** Under how many names of the caller's own it is asked for. */
  times: number;
  /** What is asked of the objects in it; null where it is answered whole. */
  within: Asked | null;
  /** Absent for what the object has anyway; given for what is worked out by them, as the elements that a selector finds within it. */
  options?: object;
}

/** Works out a member that an object has not. Undefined where it is none of the object's. */
export type Explore = (object: object, name: string, options: object) => unknown;

/** What was asked of an answer, how many objects it has, and how many bytes the names take that the caller gave its parts. */
export interface Picked {
  value: unknown;
  objects: number;
  nameBytes: number;
}

/**
 * Of an answer, what was asked, and nothing besides: members that nobody asks for are never read. Calls itself as deep as was
 * asked, which whoever asks bounds.
 */
export function pickAsked(answer: unknown, asked: Asked, explore: Explore): Picked {
  let objects = 0;
  let nameBytes = 0;

  function pick(value: unknown, within: Asked, times: number): unknown {
    if (Array.isArray(value)) return value.map((entry: unknown) => pick(entry, within, times));
    if (typeof value !== 'object' || value === null) return value;
    objects += 1;
    nameBytes += within.nameBytes * times;
    const picked: Record<string, unknown> = {};
    for (const member of within.members) {
      const { name, options } = member;
      const found = options === undefined ? (value as Readonly<Record<string, unknown>>)[name] : explore(value, name, options);
      picked[member.key] = member.within === null ? found : pick(found, member.within, times * member.times);
    }
    return picked;
  }

  const value = pick(answer, asked, 1);
  return { value, objects, nameBytes };
}
