/** Several pages by Apollo Client: partial results, persisted queries, and a cache that knows a snapshot when it sees one. */
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { createHash } from 'node:crypto';
import { ENDPOINT, graphql, KEY } from '../graphql.ts';

const PAGES = graphql(`
  query Pages($urls: [String!]!) {
    pages(urls: $urls) {
      snapshot
      finalUrl
      status
      select(selector: "h1", limit: 1) {
        elements {
          text
        }
      }
    }
  }
`);

const WORDS = graphql(`
  query Words($snapshot: ID!) {
    snapshot(id: $snapshot) {
      snapshot
      wordCount(limit: 1) {
        total
      }
    }
  }
`);

let requests = 0;
const client = new ApolloClient({
  link: ApolloLink.from([
    // A query is sent once, and named by its digest from then on.
    new PersistedQueryLink({ sha256: (query) => createHash('sha256').update(query).digest('hex') }),
    new ApolloLink((operation, forward) => {
      requests += 1;
      return forward(operation);
    }),
    new HttpLink({ uri: ENDPOINT, headers: KEY === undefined ? {} : { Authorization: `Bearer ${KEY}` } }),
  ]),
  // However a page is come to, it is the same page where it is the same snapshot: ask for `snapshot` wherever you ask for a page.
  cache: new InMemoryCache({ typePolicies: { Page: { keyFields: ['snapshot'] } } }),
});

const given = process.argv.slice(2);
const urls = given.length > 0 ? given : ['http://data.pr4e.org/page1.htm', 'http://data.pr4e.org/page2.htm', 'http://10.0.0.1/'];

// One page that fails is null, with an error of its own; the others are answered.
const { data, error } = await client.query({ query: PAGES, variables: { urls }, errorPolicy: 'all' });
for (const [index, page] of (data?.pages ?? []).entries()) {
  if (page === null) {
    const failed = CombinedGraphQLErrors.is(error) ? error.errors.find(({ path }) => path?.[1] === index) : error;
    console.log(`${urls[index] ?? ''}: ${failed?.message ?? 'no answer'}`);
    continue;
  }
  const { data: about } = await client.query({ query: WORDS, variables: { snapshot: page.snapshot } });
  const words = String(about?.snapshot?.wordCount?.total);
  console.log(`${page.finalUrl} ${String(page.status)}: ${page.select?.elements[0]?.text ?? 'no heading'}, ${words} words`);
}

const asked = requests;
await client.query({ query: PAGES, variables: { urls }, errorPolicy: 'all', fetchPolicy: 'cache-first' });
console.log(`${String(requests - asked)} more requests for what the client has`);
