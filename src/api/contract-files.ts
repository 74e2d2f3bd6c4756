import { existsSync, readFileSync } from 'node:fs';

/** Where the contract lies, seen from src/api and from dist/api alike. */
export const CONTRACT_FOLDER = new URL('../../openapi/', import.meta.url);

/** The two files of the contract, written by contract.ts. */
export type ContractFile = 'openapi.json' | 'schema.graphql';

/** The text of a file of the contract; empty before it has been written for the first time. */
export function contractFile(name: ContractFile): string {
  const url = new URL(name, CONTRACT_FOLDER);
  return existsSync(url) ? readFileSync(url, 'utf8') : '';
}
