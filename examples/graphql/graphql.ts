import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema.d.ts';

/** Reads an operation, whose variables and answer TypeScript then knows: from openapi/schema.graphql, by way of schema.d.ts. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { DateTime: string; JSON: unknown; URL: string };
}>();

/** Where Pagewire is, and what it asks its callers for. */
export const ENDPOINT = new URL('/graphql', process.env['PAGEWIRE'] ?? 'http://127.0.0.1:3000').href;
export const KEY = process.env['PAGEWIRE_KEY'];
