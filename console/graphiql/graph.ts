import type { ExecutionResult } from 'graphql';
import { apiKey } from '../server.ts';

/** What GraphiQL sends. */
interface Operation {
  query: string;
  operationName?: string | null | undefined;
  variables?: unknown;
}

/** The schema in its own language, which anybody may ask for. */
export async function schemaText(): Promise<string> {
  return (await fetch('/schema.graphql')).text();
}

/** The editor names the operation of the tab before for a moment after another tab was opened. */
function meant(operation: Operation): Operation {
  const isThere = new RegExp(`\\bquery\\s+${operation.operationName ?? ''}\\b`).test(operation.query);
  return isThere ? operation : { ...operation, operationName: null };
}

/**
 * Sends an operation, with the key of this tab where the console was told one and the reader names no other. What is refused before
 * it is an operation is answered by a problem, and shown as it is.
 */
export async function sendOperation(operation: Operation, options: { headers?: Record<string, unknown> } = {}): Promise<ExecutionResult> {
  const key = apiKey.get();
  const given = Object.entries(options.headers ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
  const headers = new Headers({ 'Content-Type': 'application/json', ...(key !== null && { Authorization: `Bearer ${key}` }) });
  for (const [name, value] of given) headers.set(name, value);
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(meant(operation)) });
  return (await response.json()) as ExecutionResult;
}

/** False where the server says that it does not tell of its schema by queries. One that wants a key is asked no further. */
export async function isIntrospectable(): Promise<boolean> {
  const { errors = [] } = await sendOperation({ query: '{ __schema { queryType { name } } }' });
  return !errors.some(({ message }) => message.includes('GRAPHQL_INTROSPECTION'));
}
