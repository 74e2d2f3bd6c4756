/** Where an answer was asked for, and which part of its list it gives. */
export interface PageRequest {
  /** The endpoint's absolute URL; its query does not count. */
  here: string;
  /** Null for an inline document, which would have to be sent again. */
  snapshot: string | null;
  /** The view's own parameters, `limit` and `offset` among them. */
  options: Readonly<Record<string, unknown>>;
}

/**
 * The absolute URL of the next part of a list, asked of the same snapshot so that nothing is missed or told twice; null at
 * the end of the list.
 */
export function nextPage({ here, snapshot, options }: PageRequest, entries: number): string | null {
  const { limit, offset } = options as { limit?: number; offset?: number };
  if (limit === undefined || snapshot === null) return null;
  const start = (offset ?? 0) + limit;
  if (start >= entries) return null;
  const next = new URL(here);
  next.search = '';
  next.searchParams.set('snapshot', snapshot);
  for (const [name, value] of Object.entries({ ...options, offset: start })) {
    // A list's text is comma-separated, as a query string has it.
    if (value !== undefined && value !== null) next.searchParams.set(name, String(value as string | number | boolean | string[]));
  }
  return next.href;
}
