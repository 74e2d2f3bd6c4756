import { GraphQLScalarType } from 'graphql';

/** Any JSON value, for what a page made up itself: no contract knows its members. */
export const Json = new GraphQLScalarType<unknown>({
  name: 'Json',
  description: 'Any JSON value, as it is: an object, a list, a string, a number, a boolean or null. It has no fields to choose from.',
  serialize: (value) => value,
});
