import type { GraphQLField, GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { getNullableType, isObjectType } from 'graphql';
import { exploredKey, type FieldExtensions } from './asked-fields.ts';
import type { OperationContext } from './operation.ts';
import { unhurried } from './unhurried.ts';

type Resolve = GraphQLFieldResolver<unknown, OperationContext>;

/**
 * Takes the framework out of the way where an operation may ask a field of a hundred thousand entries: what it does for each
 * call takes fifty times as long as the answer.
 */
export function resolveDirectly(schema: GraphQLSchema): GraphQLSchema {
  for (const field of fieldsOf(schema)) {
    if ((field.extensions as FieldExtensions).explored === undefined) continue;
    const { name } = field;
    field.resolve = (object, given: object) => {
      const value = (object as Readonly<Record<string, unknown>>)[exploredKey(name, given)];
      return typeof value === 'object' && value !== null ? unhurried(value) : value;
    };
  }
  for (const field of fieldsOf(schema)) {
    if ((field.extensions as FieldExtensions).needs === undefined) continue;
    const follow = field.resolve as Resolve;
    field.resolve = (link, given, context, info) => {
      const isPassedOver = (link as { followed?: boolean }).followed === false || context.operation.passesOver();
      return isPassedOver ? null : follow(link, given, context, info);
    };
  }
  for (const field of fieldsOf(schema)) {
    const { countedBy } = field.extensions as FieldExtensions;
    if (countedBy !== undefined) field.resolve = (list) => (list as { nextOffset?: number }).nextOffset ?? null;
    const ofList = countOf(field);
    if (ofList !== null) tellNextOffset(field, ofList);
  }
  return schema;
}

/** The member that counts all of the list that a field answers a part of; null of a field that answers none. */
function countOf({ type }: GraphQLField<unknown, OperationContext>): string | null {
  const answer = getNullableType(type);
  if (!isObjectType(answer)) return null;
  return (answer.getFields()['nextOffset']?.extensions as FieldExtensions | undefined)?.countedBy ?? null;
}

/** What was asked for with the list is known to the field that answers it alone. */
function tellNextOffset(field: GraphQLField<unknown, OperationContext>, countedBy: string): void {
  const resolve = field.resolve as Resolve;
  field.resolve = (parent, given: { limit?: number | null; offset?: number }, context, info) => {
    const list = resolve(parent, given, context, info);
    const { limit = null, offset = 0 } = given;
    if (limit === null) return list;
    const tell = (answer: unknown): unknown => {
      const count = (answer as Readonly<Record<string, number>> | null)?.[countedBy];
      return count === undefined || offset + limit >= count ? answer : { ...(answer as object), nextOffset: offset + limit };
    };
    return list instanceof Promise ? list.then(tell) : tell(list);
  };
}

function fieldsOf(schema: GraphQLSchema): GraphQLField<unknown, OperationContext>[] {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return types.flatMap((type) => Object.values(type.getFields()) as GraphQLField<unknown, OperationContext>[]);
}
