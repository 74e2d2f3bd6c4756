import { currentUnderWay } from '../api/under-way.ts';

/** Whose the jobs of the request under way are: those of its key, or of everybody where there are no keys. */
export function currentOwner(): string {
  const caller = currentUnderWay()?.caller ?? '';
  return caller.startsWith('key ') ? caller : '';
}
