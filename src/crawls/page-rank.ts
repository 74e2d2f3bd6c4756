import { setImmediate } from 'node:timers/promises';

/** How likely it is that a link is followed, rather than another page begun with. http://infolab.stanford.edu/~backrub/google.html */
export const DAMPING = 0.85;
/** How little all ranks together may change in a step for it to be the last, and how many steps there are at most. */
const NEGLIGIBLE = 1e-10;
const MOST_STEPS = 1000;
/** Links that are gone through before others have their turn: that takes about a millisecond. */
const SLICE = 200_000;

/** Who leads to whom, as somebody goes who follows links at random. */
export interface Walk {
  /** 1 for each page that is gone through; others have no rank, and nothing leads there. */
  isPart: Uint8Array;
  /** Of each page the place of its first target, and behind the last page the number of targets. */
  starts: Uint32Array;
  /** Pages of the walk, each once for each page that leads there. */
  targets: Int32Array;
}

/**
 * How often each page is come by, of 1 in all; NaN of those that are no part of the walk. Where nothing leads on, any page is gone on with, each as
 * likely. Others have their turn meanwhile.
 */
export async function pageRank({ isPart, starts, targets }: Walk): Promise<Float64Array> {
  const parts = isPart.reduce((sum, is) => sum + is, 0);
  let ranks = new Float64Array(isPart.length).map((_, page) => (isPart[page] === 1 ? 1 / parts : NaN));
  let next = new Float64Array(isPart.length);
  for (let step = 0, change = Infinity; step < MOST_STEPS && change >= NEGLIGIBLE; step += 1) {
    let lost = 0;
    isPart.forEach((is, page) => {
      if (is === 1 && starts[page] === starts[page + 1]) lost += ranks[page] ?? 0;
    });
    next.fill((1 - DAMPING + DAMPING * lost) / parts);
    for (let page = 0; page < isPart.length;) {
      page = passOn({ isPart, starts, targets }, ranks, next, page);
      await setImmediate();
    }
    change = 0;
    for (let page = 0; page < isPart.length; page += 1) {
      if (isPart[page] === 1) change += Math.abs((next[page] ?? 0) - (ranks[page] ?? 0));
      else next[page] = NaN;
    }
    [ranks, next] = [next, ranks];
  }
  return ranks;
}

/** Has pages from one on pass on what they have. @returns the page to go on with */
function passOn({ isPart, starts, targets }: Walk, ranks: Float64Array, next: Float64Array, from: number): number {
  let page = from;
  for (let done = 0; page < isPart.length && done < SLICE; page += 1) {
    const [start, end] = [starts[page] ?? 0, starts[page + 1] ?? 0];
    done += 1 + end - start;
    if (isPart[page] !== 1 || start === end) continue;
    const share = (DAMPING * (ranks[page] ?? 0)) / (end - start);
    for (let place = start; place < end; place += 1) next[targets[place] ?? 0] = (next[targets[place] ?? 0] ?? 0) + share;
  }
  return page;
}
