/** Links out of the scope that are kept of a page. */
export const MOST_OUTSIDE = 100;

/** The links of one page: each distinct target once, in the order of its first link. */
export interface PageLinks {
  /** Of the page that has them. */
  index: number;
  /** Indexes of the pages that they lead to: also those that were never retrieved, and the page itself. */
  targets: Int32Array;
  /** For each target 1 where every link to it is `nofollow`, else 0. */
  nofollow: Uint8Array;
  /** For each target the text of the first link to it that has one, at most 200 characters. */
  texts: readonly string[];
  /** The first 100 targets out of the scope. */
  outside: readonly OutsideLink[];
  /** Distinct targets out of the scope, with those that are not kept. */
  outsideTotal: number;
}

/** The same without texts. */
export type PageTargets = Omit<PageLinks, 'texts' | 'outside'>;

/** A link that leads out of the scope of a crawl. */
export interface OutsideLink {
  url: string;
  text: string;
  nofollow: boolean;
}

/** The same as a row: numbers as bytes, texts as JSON. */
export interface PackedLinks {
  index: number;
  /** 32 bit each, little-endian. */
  targets: Uint8Array;
  marks: Uint8Array;
  texts: string;
  outside: string;
  outsideTotal: number;
}

/** Makes a row of the links of a page. */
export function packLinks({ index, targets, nofollow, texts, outside, outsideTotal }: PageLinks): PackedLinks {
  const bytes = Buffer.alloc(targets.length * 4);
  targets.forEach((target, place) => bytes.writeInt32LE(target, place * 4));
  return { index, targets: bytes, marks: nofollow, texts: JSON.stringify(texts), outside: JSON.stringify(outside), outsideTotal };
}

/** Reads such a row. */
export function unpackLinks({ texts, outside, ...numbers }: PackedLinks): PageLinks {
  return { ...unpackTargets(numbers), texts: JSON.parse(texts) as string[], outside: JSON.parse(outside) as OutsideLink[] };
}

/** The same of the numbers alone. */
export function unpackTargets({ index, targets, marks, outsideTotal }: Omit<PackedLinks, 'texts' | 'outside'>): PageTargets {
  const bytes = Buffer.from(targets.buffer, targets.byteOffset, targets.byteLength);
  const indexes = new Int32Array(bytes.length / 4);
  for (let place = 0; place < indexes.length; place += 1) indexes[place] = bytes.readInt32LE(place * 4);
  return { index, targets: indexes, nofollow: Uint8Array.from(marks), outsideTotal };
}
