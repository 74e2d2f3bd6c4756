import type { PipeTransform } from '@nestjs/common';
import { type FieldNode, getArgumentValues, getNamedType, type GraphQLObjectType, type GraphQLResolveInfo, isObjectType } from 'graphql';
import { validationPipe } from '../api/validation.setup.ts';
import type { Asked, AskedMember } from '../parse/asked.ts';
import type { Ask } from '../parse/parse-task.ts';
import { collectFields, type Selecting } from './collected-fields.ts';

/** What a field says of itself besides its type (`@Extensions`), where it is not simply a member of the object. */
export interface FieldExtensions {
  /** It is worked out where the document is, and answered with the object: the class of its arguments, null where it takes none. */
  explored?: (new () => object) | null;
  /** It is resolved here, of these members. */
  needs?: readonly string[];
  /** It says where the next part of a list begins, by the member that counts all of it. */
  countedBy?: string;
  /** It is a view of the document: its name in worker.ts, and the class of its arguments, null where it takes none. */
  view?: { name: string; options: (new () => object) | null };
}

const known = new WeakMap<readonly FieldNode[], Promise<Asked>>();
const pipe: PipeTransform = validationPipe();

/**
 * What an operation asks of a field's value, all the way down, for whoever answers it in one go.
 *
 * @throws ProblemError `INVALID_REQUEST` for arguments that are wrong
 */
export function askedOf({ fieldNodes, returnType, ...selecting }: GraphQLResolveInfo): Promise<Asked> {
  // The entries of a list share the nodes of their fields.
  let asked = known.get(fieldNodes);
  if (asked === undefined) known.set(fieldNodes, (asked = within(fieldNodes, getNamedType(returnType) as GraphQLObjectType, selecting)));
  return asked;
}

/**
 * The views that an operation asks for within a field whose value is a page, as the fields themselves will ask for them: who asks for
 * them before has them read along. One whose arguments are wrong is left to its own field, which says so.
 */
export async function viewsAskedOf({ fieldNodes, returnType, ...selecting }: GraphQLResolveInfo): Promise<Ask[]> {
  const fields = (getNamedType(returnType) as GraphQLObjectType).getFields();
  const asks = Array.from(collectFields(fieldNodes, selecting).values(), async (nodes): Promise<Ask[]> => {
    const [first] = nodes;
    const field = fields[first?.name.value ?? ''];
    const view = (field?.extensions as FieldExtensions | undefined)?.view;
    if (first === undefined || field === undefined || view === undefined) return [];
    const options = await validated(view.options, getArgumentValues(field, first, selecting.variableValues));
    return [{ view: view.name, options, asked: await within(nodes, getNamedType(field.type) as GraphQLObjectType, selecting) }];
  });
  const outcomes = await Promise.allSettled(asks);
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
}

/** What the answer has an explored field under: the same for the same arguments, by whatever name they are asked. */
export function exploredKey(name: string, given: object): string {
  return name + JSON.stringify(given);
}

/** A member, and all the fields of the operation that ask for it. */
interface AskedFor {
  name: string;
  fields: FieldNode[];
  times: number;
  given?: object;
  explored?: (new () => object) | null;
}

async function within(nodes: readonly FieldNode[], type: GraphQLObjectType, selecting: Selecting): Promise<Asked> {
  const members = new Map<string, AskedFor>();
  const ask = (key: string, member: AskedFor): void => {
    const known = members.get(key);
    if (known === undefined) {
      members.set(key, member);
      return;
    }
    known.fields.push(...member.fields);
    known.times += member.times;
  };
  let nameBytes = '{}'.length;
  for (const [responseName, fields] of collectFields(nodes, selecting)) {
    nameBytes += responseName.length + '"":,'.length;
    const [first] = fields;
    if (first === undefined) continue;
    const name = first.name.value;
    const field = type.getFields()[name];
    if (field === undefined) {
      // It is __typename.
      nameBytes += type.name.length + '""'.length;
      continue;
    }
    const { explored, countedBy, needs = countedBy === undefined ? undefined : [countedBy] } = field.extensions as FieldExtensions;
    if (needs !== undefined) {
      for (const member of needs) ask(member, { name: member, fields: [], times: 0 });
    } else if (explored === undefined) {
      ask(name, { name, fields: [...fields], times: 1 });
    } else {
      const given = getArgumentValues(field, first, selecting.variableValues);
      ask(exploredKey(name, given), { name, fields: [...fields], times: 1, given, explored });
    }
  }
  return { members: await Promise.all(Array.from(members, ([key, member]) => askedMember(key, member, type, selecting))), nameBytes };
}

async function askedMember(
  key: string,
  { name, fields, times, given, explored }: AskedFor,
  type: GraphQLObjectType,
  selecting: Selecting,
): Promise<AskedMember> {
  const valueType = getNamedType(type.getFields()[name]?.type);
  const inner = isObjectType(valueType) ? await within(fields, valueType, selecting) : null;
  const member = { name, key, times, within: inner };
  if (explored === undefined) return member;
  return { ...member, options: await validated(explored, given ?? {}) };
}

async function validated(metatype: (new () => object) | null, given: object): Promise<object> {
  // The pipe looks at what is said to come from a caller alone.
  return metatype === null ? {} : ((await pipe.transform({ ...given }, { type: 'body', metatype })) as object);
}
