import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { describeProblem } from '../api/describe-problem.ts';
import { invalidParameter, isProblemError } from '../api/problem.ts';
import { currentRequestId } from '../api/request-id.ts';
import { FetchService, type TargetRequest } from '../fetch/fetch.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import type { Links } from '../parse/links.model.ts';
import { ParseService } from '../parse/parse.service.ts';
import type { WordCount } from '../wordcount/wordcount.model.ts';
import type { CompareBody, VariantInput } from './compare.args.ts';
import type { CompareAnswer, VariantAnswer } from './compare.model.ts';
import { compareReadings, type VariantReading } from './compare.ts';

const NOTHING = {
  snapshot: null,
  finalUrl: null,
  status: null,
  mediaType: null,
  contentEncoding: null,
  transferBytes: null,
  bytes: null,
  sha256: null,
  links: null,
  words: null,
};

@Injectable()
export class CompareService {
  constructor(
    private readonly fetch: FetchService,
    private readonly parse: ParseService,
  ) {}

  /**
   * Retrieves each variant, all at the same time and past the cache, and says what differs. A variant that fails is told
   * with its problem; a request that is wrong is refused whole.
   *
   * @throws ProblemError `INVALID_REQUEST`
   */
  async compare({ variants, ...request }: CompareBody): Promise<CompareAnswer> {
    if (request.url === undefined) throw invalidParameter('url', 'is required: the target URL');
    const names = variants.map(({ name }, index) => name ?? String(index + 1));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw invalidParameter('variants', `must have names of their own: two are called ${twice}`, request.url);
    const readings = await Promise.all(variants.map((variant, index) => this.#read(names[index] ?? '', requestOf(request, variant))));
    return { url: request.url, ...compareReadings(readings), variants: readings.map(({ answer }) => answer) };
  }

  async #read(name: string, request: TargetRequest): Promise<VariantReading> {
    try {
      const retrieved = await this.fetch.snapshotOf(request);
      const [links, words] = await Promise.all([this.#links(retrieved, request.encoding), this.#words(retrieved, request.encoding)]);
      const { headers, requestHeaders } = retrieved.snapshot.final;
      return { answer: variantAnswer(name, retrieved, links, words), requestHeaders, headers, links, words };
    } catch (error) {
      if (!isProblemError(error) || error.code === 'INVALID_REQUEST') throw error;
      const problem = describeProblem(error, currentRequestId());
      return { answer: { name, ...NOTHING, problem }, requestHeaders: [], headers: [], links: null, words: null };
    }
  }

  async #links(retrieved: Retrieved, encoding: string | undefined): Promise<Map<string, number> | null> {
    const read = (await this.#view('links', retrieved, { method: 'parser', offset: 0, unique: false }, encoding)) as Links | null;
    return read === null ? null : countOf(read.links.map(({ url, href }) => url ?? href));
  }

  async #words(retrieved: Retrieved, encoding: string | undefined): Promise<Map<string, number> | null> {
    const options = { tokenizer: 'whitespace', fold: false, sort: 'count', offset: 0 };
    const read = (await this.#view('wordcount', retrieved, options, encoding)) as WordCount | null;
    return read === null ? null : new Map(read.words.map(({ word, count }) => [word, count]));
  }

  /** A view; null for a content that has none. */
  async #view(name: string, retrieved: Retrieved, options: object, encoding: string | undefined): Promise<unknown> {
    try {
      return await this.parse.read(name, retrieved, options, encoding);
    } catch (error) {
      if (isProblemError(error) && error.code === 'NOT_A_DOCUMENT') return null;
      throw error;
    }
  }
}

/** A request as a variant changes it; what is null in the variant's JSON changes nothing. Stored answers would hide what differs. */
function requestOf(request: Omit<CompareBody, 'variants'>, variant: VariantInput): TargetRequest {
  const { headers: own, ...changes } = variant;
  const headers = own ?? [];
  const replaced = new Set(headers.map((field) => field.name.toLowerCase()));
  const kept = (request.headers ?? []).filter((field) => !replaced.has(field.name.toLowerCase()));
  const given = Object.fromEntries(
    Object.entries(changes).filter(([member, value]: [string, unknown]) => member !== 'name' && (value ?? null) !== null),
  );
  return { ...request, ...given, headers: [...kept, ...headers], cache: 'reload' };
}

function countOf(entries: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return counts;
}

function variantAnswer(
  name: string,
  { snapshot }: Retrieved,
  links: ReadonlyMap<string, number> | null,
  words: ReadonlyMap<string, number> | null,
): VariantAnswer {
  const { content } = snapshot;
  return {
    name,
    snapshot: snapshot.id,
    finalUrl: snapshot.finalUrl,
    status: snapshot.final.status,
    mediaType: content?.mediaType.essence ?? null,
    contentEncoding: content?.contentEncoding ?? null,
    transferBytes: content?.transferBytes ?? null,
    bytes: content?.bytes.byteLength ?? null,
    sha256: content === null ? null : createHash('sha256').update(content.bytes).digest('hex'),
    links: links === null ? null : sumOf(links),
    words: words === null ? null : sumOf(words),
    problem: null,
  };
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
