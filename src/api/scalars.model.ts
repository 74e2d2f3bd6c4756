import { GraphQLScalarType } from 'graphql';

/** A text that is a moment, in GraphQL. */
export const DateTime = new GraphQLScalarType<string>({
  name: 'DateTime',
  description: 'A moment in ISO 8601, in UTC. Example: `2026-11-23T10:00:00.000Z`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => value as string,
});

/** A text that is a URL, in GraphQL. What is not resolved is a text: no URL is ever refused. */
export const Url = new GraphQLScalarType<string>({
  name: 'URL',
  description: 'An absolute URL, as the URL Standard writes it. Example: `http://example.com/page1.htm`.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: (value) => value as string,
});
