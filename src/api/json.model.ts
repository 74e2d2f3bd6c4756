import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';

/** Levels of lists and objects that a value of a caller's may have, as a JSON body may. */
const MAX_DEPTH = 32;

/** Any JSON value: what a page made up itself, or a caller; no contract knows its members. */
export const Json = new GraphQLScalarType<unknown>({
  name: 'JSON',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  description: 'Any JSON value, as it is: an object, a list, a string, a number, a boolean or null. It has no fields to choose from.',
  serialize: (value) => value,
  parseValue(value) {
    checkDepth(value, (within) => (typeof within === 'object' && within !== null ? Object.values(within) : null));
    return value;
  },
  parseLiteral(literal, variables) {
    checkDepth<ValueNode>(literal, partsOf);
    return valueFromASTUntyped(literal, variables);
  },
});

function partsOf(literal: ValueNode): readonly ValueNode[] | null {
  if (literal.kind === Kind.LIST) return literal.values;
  return literal.kind === Kind.OBJECT ? literal.fields.map(({ value }) => value) : null;
}

/** Refuses what is nested deeper than others could follow; `within` has the parts of a list or an object, null of anything else. */
function checkDepth<Value>(value: Value, within: (value: Value) => readonly Value[] | null, depth = 0): void {
  const parts = within(value);
  if (parts === null) return;
  if (depth === MAX_DEPTH) throw new GraphQLError(`JSON must not be nested deeper than ${String(MAX_DEPTH)} levels`);
  for (const part of parts) checkDepth(part, within, depth + 1);
}
