import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const current = new AsyncLocalStorage<string>();

/** A new id of a request: 12 characters, not to be guessed. */
export function createRequestId(): string {
  return randomBytes(9).toString('base64url');
}

/** Does all that follows in the name of a request. */
export function withRequestId(id: string, next: () => void): void {
  current.run(id, next);
}

/** The id of the request that is being answered; empty outside of one. */
export function currentRequestId(): string {
  return current.getStore() ?? '';
}
