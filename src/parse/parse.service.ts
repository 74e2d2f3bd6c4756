import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { isWanted, trimmed } from '../api/fields.ts';
import type { FormatArgs } from '../api/format.args.ts';
import type { PageOptions } from '../api/list-page.ts';
import { PageArgs } from '../api/page.args.ts';
import type { ListRequest } from '../api/list-request.decorator.ts';
import { columnsOf } from '../api/model-members.ts';
import { getTwinUrl, nextUrl } from '../api/next-url.ts';
import { Metrics } from '../api/metrics.ts';
import { parametersOf } from '../api/parameters-of.setup.ts';
import { invalidParameter, invalidParameters, isProblemError, ProblemError } from '../api/problem.ts';
import { currentUnderWay, noteParse } from '../api/under-way.ts';
import { NO_TARGET, targetAnswer } from '../fetch/answers.ts';
import { encodingHints } from '../fetch/body.ts';
import { headAlone } from '../fetch/fetch-error.ts';
import { FetchService, retrievalParametersOf, type TargetRequest } from '../fetch/fetch.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import { acceptedFormat, acceptedOf, type ListFormat } from '../formats/list-format.ts';
import { TEXT_FORMATS, type TextForm, type TextFormat } from '../formats/text-format.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import type { DocumentBody } from './parse.args.ts';
import { TaskPool } from '../tasks/task-pool.ts';
import type { Task, TaskAnswer } from '../tasks/task.ts';
import { inlineAnswer } from './inline-view.ts';
import { KeptAnswers } from './kept-answers.ts';
import { asPage, listHeaders, textHeaders } from './list-answer.ts';
import { type AnswerWish, type Ask, type AskOutcome, passTask, type TaskSource, type ViewFacts, viewTask } from './parse-task.ts';
import { fieldsOfDocument } from './response-fields.ts';

type DocumentRequest = TargetRequest & DocumentBody;

/** The class of a view's own parameters; null for a view that has none, and no list to page through. */
type OptionsClass = (new () => object) | null;

/** The list of a view: the member that it is, and the class of its entries. */
interface ListOfView {
  member: string;
  entry: unknown;
}

/** How a view is to be answered, and what the `next` URL says of its form. */
interface Wish extends AnswerWish {
  format?: ListFormat | TextFormat | undefined;
}

/** A request, as far as it says which members of the answer are wanted. */
interface FieldsRequest {
  fields?: readonly string[];
}

/** A document that views are read off: a content that was retrieved, or a text that the caller sent. */
export type PassSource = { retrieved: Retrieved; encoding: string | undefined } | { html: string; baseUrl: string | null };

/** What came of one view of several: its JSON, and as {@link AskOutcome}. */
export interface Passed {
  json: Buffer;
  nameBytes: number;
  objects: number;
}

/** What a view answered, and what is known besides. */
interface ViewAnswer {
  retrieved: Retrieved | null;
  about: ReturnType<typeof targetAnswer> | typeof NO_TARGET;
  /** What JSON says beside what was read: `about`, and of a list `next`. */
  beside: object;
  /** The URL of the list's next part; null where there is none. */
  next: string | null;
  /** Entries of the list. */
  total: number;
  pieces: readonly Buffer[];
}

@Injectable()
export class ParseService implements OnApplicationShutdown {
  readonly #pool: TaskPool;
  readonly #answers: KeptAnswers;

  constructor(
    private readonly fetch: FetchService,
    @Inject(SETTINGS) settings: Settings,
    private readonly metrics: Metrics,
  ) {
    this.#answers = new KeptAnswers(settings.CACHE_MAX_BYTES);
    this.#pool = new TaskPool({
      processes: settings.PARSE_THREADS,
      timeoutMs: settings.PARSE_TIMEOUT_MS,
      memoryMb: settings.PARSE_MEMORY_MB,
      onEnd: (outcome, error) => {
        metrics.countParseTask(outcome, error);
      },
    });
    metrics.watchQueue('parse_tasks', this.#pool.queue);
    metrics.watchProcesses(() => this.#pool.processes);
  }

  /** Comes after the last request has been answered, unlike onModuleDestroy. */
  async onApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }

  /**
   * A view over REST: what is known of the target, then what was read, as JSON bytes. Of a request, `Options` are the
   * view's; the rest says which document, and with `fields` which members. `here` is the endpoint's URL. Where `Options` page
   * through no list the answer has no `next`.
   *
   * @throws ProblemError
   */
  async answer(view: string, Options: OptionsClass, request: Partial<DocumentRequest> & FieldsRequest, here: string): Promise<Buffer> {
    const { fields, ...rest } = request;
    const { beside, pieces } = await this.#answered(view, Options, rest, here, { fields });
    return joinObjects(trimmed(beside, fields), pieces);
  }

  /**
   * The same of a view whose answer is a list, in the format that the request asks for. What JSON has beside the list, header fields tell.
   *
   * @throws ProblemError
   */
  async list(
    view: string,
    { member, entry }: ListOfView,
    Options: OptionsClass,
    request: FormatArgs & FieldsRequest,
    asked: ListRequest,
  ): Promise<Buffer> {
    const { format: given, fields, ...rest } = request;
    const format = given ?? acceptedFormat(asked.accept);
    const form = format === 'json' ? null : { format, member, columns: columnsWanted(format, member, entry, fields) };
    // Who goes on by the next URL may accept something else.
    const answer = await this.#answered(view, Options, rest, asked.url, { form, format: given ?? form?.format, fields });
    const { retrieved, about, beside, next, total, pieces } = answer;
    asked.answerWith(listHeaders(format, member, retrieved?.snapshot ?? null, total, next));
    if (form === null) return joinObjects(trimmed(beside, fields), pieces);
    return Buffer.concat(form.format === 'html' ? asPage(form, about.finalUrl, pieces, total, next) : pieces);
  }

  /**
   * The same of a view whose answer is a text beside what is known of it: as JSON, or the text alone in the view's own format.
   *
   * @throws ProblemError
   */
  async text(
    view: string,
    form: TextForm,
    Options: OptionsClass,
    request: { format?: TextFormat } & FieldsRequest,
    asked: ListRequest,
  ): Promise<Buffer> {
    const { format: given, fields, ...rest } = request;
    const formats = (['json', form.format] as const).map((each) => ({ format: each, mediaType: TEXT_FORMATS[each].mediaType }));
    const format = given ?? acceptedOf(formats, 'json', asked.accept);
    const isJson = format === 'json';
    if (!isJson && fields !== undefined)
      throw invalidParameter('fields', `names members of JSON, and ${format} is one text: ask for format=json`);
    const { retrieved, beside, pieces } = await this.#answered(isJson ? view : (form.view ?? view), Options, rest, asked.url, {
      form: isJson ? null : { format: form.format, member: form.member },
      format: given,
      fields,
    });
    asked.answerWith(textHeaders(format, form.member, retrieved?.snapshot ?? null));
    return isJson ? joinObjects(trimmed(beside, fields), pieces) : Buffer.concat(pieces);
  }

  /**
   * A view of what was retrieved, as JSON in pieces.
   *
   * @throws ProblemError
   */
  async read(view: string, retrieved: Retrieved, options: unknown, encoding: string | undefined): Promise<readonly Buffer[]> {
    return (await this.#runOn(retrieved, view, options, encoding, {})).pieces;
  }

  /**
   * A view of a text, as JSON in pieces.
   *
   * @throws ProblemError
   */
  async readText(view: string, source: { html: string; baseUrl: string | null }, options: unknown): Promise<readonly Buffer[]> {
    return (await this.#runView(viewTask(view, source, options, {}), source.baseUrl ?? undefined)).pieces;
  }

  /**
   * A view that is for this server itself, as what it says: the view's name tells its type.
   *
   * @throws ProblemError
   */
  async readJson<Model>(view: string, retrieved: Retrieved, options: unknown, encoding: string | undefined): Promise<Model> {
    return JSON.parse(Buffer.concat(await this.read(view, retrieved, options, encoding)).toString()) as Model;
  }

  /**
   * Several views of one document, in one go; each answers what is asked of it, or is a problem.
   *
   * @throws ProblemError where none of them can be read
   */
  async readAll(source: PassSource, asks: readonly Ask[]): Promise<(Passed | ProblemError)[]> {
    if (!('retrieved' in source)) return this.#passed(passTask(asks, source), asks, source, undefined, []);
    const { snapshot } = source.retrieved;
    try {
      const task = passTask(asks, sourceOf(source.retrieved, source.encoding));
      return await this.#passed(task, asks, source, snapshot.url, snapshot.exchanges);
    } catch (error) {
      throw isProblemError(error) ? error.after(snapshot.exchanges) : error;
    }
  }

  async #passed(
    task: Task,
    asks: readonly Ask[],
    source: PassSource,
    url: string | undefined,
    exchanges: readonly object[],
  ): Promise<(Passed | ProblemError)[]> {
    let answer: TaskAnswer<AskOutcome[]>;
    try {
      const read = (): Promise<TaskAnswer<AskOutcome[]>> => this.#run(task, url);
      answer = await ('retrieved' in source ? this.#answers.of(source.retrieved.snapshot.id, task, read) : read());
    } catch (error) {
      if (asks.length === 1 || !isProblemError(error) || error.code !== 'PARSE_LIMIT_EXCEEDED') throw error;
      // One that takes too much is no matter of the others.
      const alone = asks.map((ask) => this.readAll(source, [ask]).catch((problem: unknown) => problem as ProblemError));
      return (await Promise.all(alone)).flat();
    }
    const json = Buffer.concat(answer.pieces);
    let start = 0;
    return answer.facts.map((outcome) => {
      if (outcome.kind === 'answer') return { ...outcome, json: json.subarray(start, (start += outcome.bytes)) };
      const { code, detail, phase, errors } = outcome;
      return new ProblemError(code, detail, { url, phase: phase ?? undefined, errors, exchanges });
    });
  }

  async #answered(view: string, Options: OptionsClass, request: object, here: string, wish: Wish): Promise<ViewAnswer> {
    const { options, target } = split(request, Options);
    const retrieved = await this.#retrieved(target);
    const { facts, pieces } = await (retrieved === null
      ? this.#runView(viewTask(view, { html: target.html ?? '', baseUrl: target.baseUrl ?? null }, options, wish), undefined)
      : this.#runOn(retrieved, view, options, target.encoding, wish));
    const about = retrieved === null ? NO_TARGET : targetAnswer(retrieved);
    // Asked of the same snapshot, so that nothing is missed or told twice; an inline document would have to be sent again.
    const { snapshot } = about;
    const { format, fields } = wish;
    const twin = snapshot === null ? null : getTwinUrl(here, { snapshot, encoding: target.encoding, ...options, format, fields });
    const next = nextUrl(twin, options, facts.entries);
    const beside = Options?.prototype instanceof PageArgs ? { ...about, next } : about;
    return { retrieved, about, beside, next, total: facts.entries, pieces };
  }

  /** What cannot be read was retrieved all the same: its problem tells of the exchanges. */
  async #runOn(
    retrieved: Retrieved,
    view: string,
    options: unknown,
    encoding: string | undefined,
    wish: Wish,
  ): Promise<TaskAnswer<ViewFacts>> {
    const { id, url, exchanges } = retrieved.snapshot;
    try {
      const task = viewTask(view, sourceOf(retrieved, encoding), options, wish);
      return await this.#answers.of(id, task, () => this.#runView(task, url));
    } catch (error) {
      throw isProblemError(error) ? error.after(exchanges) : error;
    }
  }

  /** Read at once, or by another process. */
  async #runView(task: Task, url: string | undefined): Promise<TaskAnswer<ViewFacts>> {
    const start = performance.now();
    const answer = inlineAnswer(task);
    if (answer === null) return this.#run(task, url);
    noteParse(performance.now() - start);
    this.metrics.countParseTask('ok');
    return answer;
  }

  async #run<Facts>(task: Task, url: string | undefined): Promise<TaskAnswer<Facts>> {
    const start = performance.now();
    const read = await this.#pool.run<Facts>(task, url, currentUnderWay());
    noteParse(performance.now() - start);
    return read;
  }

  #retrieved(request: DocumentRequest): Promise<Retrieved> | null {
    if (request.html === undefined) {
      if (request.baseUrl !== undefined) throw invalidParameter('baseUrl', 'goes with html: a target has its own URL', request.url);
      return this.fetch.snapshotOf(request);
    }
    if (request.url !== undefined || request.snapshot !== undefined)
      throw invalidParameter('html', 'is given in place of url and snapshot, not beside them', request.url);
    const given = [...retrievalParametersOf(request), ...(request.encoding === undefined ? [] : ['encoding'])];
    if (given.length > 0) throw invalidParameters(given, 'has no effect on html, which is text already and is not retrieved; leave it out');
    return null;
  }
}

/** Whose parameter is whose: a name that a view uses is the view's (`method` of /links is not the request's). */
function split(request: object, Options: OptionsClass): { options: PageOptions; target: DocumentRequest } {
  const names = Options === null ? [] : parametersOf(Options);
  const options: Record<string, unknown> = {};
  const target: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(request)) (names.includes(name) ? options : target)[name] = value;
  return { options: options as unknown as PageOptions, target: target as unknown as DocumentRequest };
}

function sourceOf({ snapshot }: Retrieved, encoding: string | undefined): TaskSource {
  if (snapshot.content === null) throw headAlone(snapshot);
  const hints = encodingHints(snapshot.content, encoding);
  if (hints === null) {
    throw new ProblemError(
      'NOT_A_DOCUMENT',
      `the content is ${snapshot.content.mediaType.essence}, which has no text to read; /body gives it as it is: ${snapshot.url}`,
      {
        url: snapshot.url,
        phase: 'parse',
      },
    );
  }
  return { bytes: snapshot.content.bytes, hints, url: snapshot.finalUrl, fields: fieldsOfDocument(snapshot.final.headers) };
}

/** The columns of a table of these entries, as far as `fields` want them. */
function columnsWanted(format: ListFormat, member: string, entry: unknown, fields: readonly string[] | undefined): string[] {
  const columns = columnsOf(entry).filter((column) => isWanted(`${member}.${column}`, fields));
  if (columns.length > 0) return columns;
  throw invalidParameter(
    'fields',
    `names nothing of ${member}, and ${format} has nothing else: name ${member}, or a member of its entries`,
  );
}

/** Two JSON objects, the second one as bytes in pieces, to one. */
export function joinObjects(first: object, second: readonly Buffer[]): Buffer {
  const [start = Buffer.alloc(0), ...rest] = second;
  const members = JSON.stringify(first).slice(0, -1);
  const isOneEmpty = members === '{' || second.reduce((bytes, { length }) => bytes + length, 0) === '{}'.length;
  return Buffer.concat([Buffer.from(isOneEmpty ? members : `${members},`), start.subarray(1), ...rest]);
}
