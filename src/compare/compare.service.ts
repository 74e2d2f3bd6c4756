import { Injectable } from '@nestjs/common';
import { describeProblem } from '../api/describe-problem.ts';
import { invalidParameter, isProblemError } from '../api/problem.ts';
import { chargeRetrievals, currentRequestId } from '../api/under-way.ts';
import { FetchService, type TargetRequest } from '../fetch/fetch.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import { ParseService } from '../parse/parse.service.ts';
import { TaskService } from '../tasks/task.service.ts';
import type { CompareBody, VariantInput } from './compare.args.ts';
import type { VariantAnswer } from './compare.model.ts';
import { compareFunction, comparison, type Obtained } from './compare-task.ts';

/** So much is compared here: that takes a few milliseconds. */
const INLINE_BYTES = 128 * 1024;

type Retrieve = (target: TargetRequest) => Promise<Retrieved>;

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
    private readonly tasks: TaskService,
  ) {}

  /**
   * Retrieves each variant, all at the same time and past the cache, and says what differs. A variant that fails is told
   * with its problem; a request that is wrong is refused whole, and so is one that there is no room for: what differs would be the load.
   *
   * @param retrieve - retrieves a variant; as any other request unless given
   * @throws ProblemError `INVALID_REQUEST`; `OVERLOADED`; `RATE_LIMITED` before any retrieval, where the caller may not do all of them.
   */
  async compare(
    { variants, fields, ...request }: Omit<CompareBody, 'fields'> & Pick<Partial<CompareBody>, 'fields'>,
    retrieve: Retrieve = (target) => this.fetch.snapshotOf(target),
  ): Promise<Buffer> {
    if (request.url === undefined) throw invalidParameter('url', 'is required: the target URL');
    const names = variants.map(({ name }, index) => name ?? String(index + 1));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw invalidParameter('variants', `must have names of their own: two are called ${twice}`, request.url);
    chargeRetrievals(variants.length);
    const obtained = await Promise.all(
      variants.map((variant, index) => this.#obtain(names[index] ?? '', requestOf(request, variant), retrieve)),
    );
    const { task, length } = comparison(request.url, obtained, fields);
    if (length > INLINE_BYTES) return Buffer.concat((await this.tasks.run(task, request.url)).pieces);
    return Buffer.from(compareFunction(task.input, Buffer.concat(task.bytes)).bytes);
  }

  async #obtain(name: string, request: TargetRequest, retrieve: Retrieve): Promise<Obtained> {
    try {
      const retrieved = await retrieve(request);
      const [links, words] = await Promise.all([
        this.#view('links', retrieved, { method: 'parser', offset: 0, unique: false }, request.encoding),
        this.#view('words', retrieved, { offset: 0 }, request.encoding),
      ]);
      const { headers, requestHeaders } = retrieved.snapshot.final;
      const content = retrieved.snapshot.content?.bytes ?? null;
      return { answer: variantAnswer(name, retrieved), requestHeaders, headers, links, words, content };
    } catch (error) {
      if (!isProblemError(error) || error.code === 'INVALID_REQUEST' || error.code === 'OVERLOADED') throw error;
      const problem = describeProblem(error, currentRequestId());
      return { answer: { name, ...NOTHING, problem }, requestHeaders: [], headers: [], links: null, words: null, content: null };
    }
  }

  /** A view; null for a content that has none. */
  async #view(name: string, retrieved: Retrieved, options: object, encoding: string | undefined): Promise<readonly Buffer[] | null> {
    try {
      return await this.parse.read(name, retrieved, options, encoding);
    } catch (error) {
      if (isProblemError(error) && error.code === 'NOT_A_DOCUMENT') return null;
      throw error;
    }
  }
}

/** A request as a variant changes it; what is null in the variant's JSON changes nothing. Stored answers would hide what differs. */
function requestOf(request: Omit<CompareBody, 'variants' | 'fields'>, variant: VariantInput): TargetRequest {
  const { headers: own, ...changes } = variant;
  const headers = own ?? [];
  const replaced = new Set(headers.map((field) => field.name.toLowerCase()));
  const kept = (request.headers ?? []).filter((field) => !replaced.has(field.name.toLowerCase()));
  const given = Object.fromEntries(
    Object.entries(changes).filter(([member, value]: [string, unknown]) => member !== 'name' && (value ?? null) !== null),
  );
  return { ...request, ...given, headers: [...kept, ...headers], cache: 'reload' };
}

/** What is known without reading the content. */
function variantAnswer(name: string, { snapshot }: Retrieved): VariantAnswer {
  const { content } = snapshot;
  return {
    ...NOTHING,
    name,
    snapshot: snapshot.id,
    finalUrl: snapshot.finalUrl,
    status: snapshot.final.status,
    mediaType: content?.mediaType.essence ?? null,
    contentEncoding: content?.contentEncoding ?? null,
    transferBytes: content?.transferBytes ?? null,
    bytes: content?.bytes.byteLength ?? null,
    problem: null,
  };
}
