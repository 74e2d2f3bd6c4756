import { LRUCache } from 'lru-cache';

/** Bytes of all queries that are kept, and of one: longer ones are sent each time. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;
const MAX_QUERY_BYTES = 64 * 1024;

/**
 * Queries by their digests, so that a client sends a long one once: the least recently used is forgotten first, and a client that is
 * told so sends it again. https://www.apollographql.com/docs/apollo-server/performance/apq
 */
export class PersistedQueries {
  readonly #queries = new LRUCache<string, string>({
    maxSize: MAX_KEPT_BYTES,
    maxEntrySize: MAX_QUERY_BYTES,
    sizeCalculation: (query, digest) => Buffer.byteLength(query) + digest.length,
  });

  get(digest: string): Promise<string | undefined> {
    return Promise.resolve(this.#queries.get(digest));
  }

  set(digest: string, query: string): Promise<void> {
    this.#queries.set(digest, query);
    return Promise.resolve();
  }

  delete(digest: string): Promise<boolean> {
    return Promise.resolve(this.#queries.delete(digest));
  }
}
