import { randomId } from './random-id.ts';

/** Bytes of an id: 12 characters. */
const ID_BYTES = 9;

/** A new id of a request, not to be guessed. */
export function createRequestId(): string {
  return randomId(ID_BYTES);
}
