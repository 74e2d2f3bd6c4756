import { setImmediate } from 'node:timers/promises';

/** Entries that are gone through before others have their turn: that takes some milliseconds. */
const SLICE = 2000;

/** Goes through a long list a part at a time: nobody waits for the end of it. */
export async function inSlices<Entry>(list: readonly Entry[], each: (entry: Entry) => void): Promise<void> {
  for (let at = 0; at < list.length; at += SLICE) {
    if (at > 0) await setImmediate();
    for (const entry of list.slice(at, at + SLICE)) each(entry);
  }
}
