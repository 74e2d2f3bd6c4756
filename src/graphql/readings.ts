import { ProblemError } from '../api/problem.ts';
import type { Ask } from '../parse/parse-task.ts';
import type { PassSource } from '../parse/parse.service.ts';

/** Readings of documents, for each retrieval that an operation may do. */
const READINGS_PER_RETRIEVAL = 5;

/** Reads several views off one document, in one go. */
type ReadAll<Reading> = (source: PassSource, asks: readonly Ask[]) => Promise<readonly (Reading | ProblemError)[]>;

interface Waiting<Reading> {
  ask: Ask;
  resolve: (reading: Reading) => void;
  reject: (error: unknown) => void;
}

/** The readings of one operation: so many, each of them once, and those of one document that are asked for together in one go. */
export class Readings<Reading> {
  readonly #readAll: ReadAll<Reading>;
  readonly #most: number;
  readonly #known = new Map<string, Promise<Reading>>();
  readonly #waiting = new Map<string, { source: PassSource; asks: Waiting<Reading>[] }>();
  /** By its text and its base URL. */
  readonly #inline = new Map<string, Map<string | null, PassSource>>();
  readonly #inlineKeys = new Map<PassSource, string>();

  constructor(readAll: ReadAll<Reading>, maxRetrievals: number) {
    this.#readAll = readAll;
    this.#most = READINGS_PER_RETRIEVAL * maxRetrievals;
  }

  /** A view of a document, as {@link once}. It is read when all that is asked at the same time is known. */
  view(source: PassSource, ask: Ask): Promise<Reading> {
    const document = this.#keyOf(source);
    return this.once(`${document} ${JSON.stringify(ask)}`, 'retrieved' in source ? source.retrieved.snapshot.url : undefined, () => {
      return new Promise((resolve, reject) => {
        const waiting = this.#waiting.get(document);
        if (waiting !== undefined) {
          waiting.asks.push({ ask, resolve, reject });
          return;
        }
        this.#waiting.set(document, { source, asks: [{ ask, resolve, reject }] });
        // Whatever else the operation asks of the document by then is read along.
        setImmediate(() => void this.#read(document));
      });
    });
  }

  /** A document that the caller sent: the same for the same text, which may be long. */
  inline(html: string, baseUrl: string | null): PassSource {
    const ofText = this.#inline.get(html) ?? new Map<string | null, PassSource>();
    this.#inline.set(html, ofText);
    const source = ofText.get(baseUrl) ?? { html, baseUrl };
    ofText.set(baseUrl, source);
    if (!this.#inlineKeys.has(source)) this.#inlineKeys.set(source, `inline ${String(this.#inlineKeys.size)}`);
    return source;
  }

  /**
   * A reading: the same promise for the same key.
   *
   * @throws ProblemError `PARSE_LIMIT_EXCEEDED` past the budget; nothing is read then.
   */
  once(key: string, url: string | undefined, make: () => Promise<Reading>): Promise<Reading> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= this.#most) {
      const detail = `this operation reads documents more than ${String(this.#most)} times, which is ${String(READINGS_PER_RETRIEVAL)} for each of GRAPHQL_MAX_RETRIEVALS; this time was cut`;
      return Promise.reject(new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { url, phase: 'parse' }));
    }
    const coming = make();
    this.#known.set(key, coming);
    return coming;
  }

  async #read(document: string): Promise<void> {
    const { source, asks } = this.#waiting.get(document) ?? { source: null, asks: [] };
    this.#waiting.delete(document);
    if (source === null) return;
    try {
      const outcomes = await this.#readAll(
        source,
        asks.map(({ ask }) => ask),
      );
      for (const [index, { resolve, reject }] of asks.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined || outcome instanceof ProblemError) reject(outcome);
        else resolve(outcome);
      }
    } catch (error) {
      for (const { reject } of asks) reject(error);
    }
  }

  #keyOf(source: PassSource): string {
    if ('retrieved' in source) return JSON.stringify([source.retrieved.snapshot.id, source.encoding]);
    return this.#inlineKeys.get(source) ?? '';
  }
}
