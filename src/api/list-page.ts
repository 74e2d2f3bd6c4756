/** Which part of a list is wanted. */
export interface PageOptions {
  /** Most entries; all when undefined. */
  limit?: number | undefined;
  offset: number;
}

/** The entries of a list from `offset` on, at most `limit` of them. */
export function pageOf<Entry>(list: readonly Entry[], { limit, offset }: PageOptions): Entry[] {
  return list.slice(offset, limit === undefined ? undefined : offset + limit);
}
