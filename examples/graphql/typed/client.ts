import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { ENDPOINT, KEY } from '../graphql.ts';

/** What GraphQL over HTTP answers; `extensions.problem` is the problem that REST answers with. */
interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
  extensions: { budget: { asked: number; used: number; left: number } };
}

/** Sends an operation. No library is needed for it, and the types are those of the operation. */
export async function ask<Data, Variables>(operation: TadaDocumentNode<Data, Variables>, variables: Variables): Promise<Answer<Data>> {
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(KEY !== undefined && { Authorization: `Bearer ${KEY}` }) },
    body: JSON.stringify({ query: print(operation), variables }),
  });
  return (await response.json()) as Answer<Data>;
}
