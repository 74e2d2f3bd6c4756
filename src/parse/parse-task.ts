import { decodeText, determineEncoding, type EncodingHints } from '../encode/character-encoding.ts';
import { isProblemError, ProblemError, type ParameterError, type Phase, type ProblemCode } from '../api/problem.ts';
import { createDocument, type PageDocument } from './document.ts';
import { MAX_ANSWER_BYTES } from './answer-budget.ts';

/** What a thread reads: a content as bytes with what is known of its encoding, or a text that the caller sent. */
export type TaskSource = { bytes: Uint8Array; hints: EncodingHints; url: string } | { html: string; baseUrl: string | null };

/** One view of one document, to be answered by a thread. */
export interface ParseTask {
  view: string;
  source: TaskSource;
  options: unknown;
}

/** The answer as JSON in UTF-8, and how many entries its list has in all; or why there is none. */
export type ParseReply =
  | { json: Uint8Array; entries: number; problem?: never }
  | { problem: { code: ProblemCode; detail: string; phase: Phase | null; errors: readonly ParameterError[] }; json?: never };

/** A view, and how many entries the list in its answer has before paging. */
export interface View {
  read: (document: PageDocument, options: never) => unknown;
  entries: (model: never) => number;
}

/** Pairs a view with its count; the options have been validated before they come to a thread. */
export function defineView<Model>(read: (document: PageDocument, options: never) => Model, entries: (model: Model) => number): View {
  return { read, entries };
}

/** Answers a task: decodes, parses, reads. Failures come back as values, since a thread cannot throw a class of ours. */
export function answerTask(views: Readonly<Record<string, View>>, task: ParseTask): ParseReply {
  const view = views[task.view];
  if (view === undefined) throw new Error(`no view is called ${task.view}`);
  try {
    const model = view.read(documentOf(task.source), task.options as never);
    // Small Buffers share their memory, which cannot be handed over.
    const json = new TextEncoder().encode(JSON.stringify(model));
    if (json.length > MAX_ANSWER_BYTES) throw tooLarge();
    return { json, entries: view.entries(model as never) };
  } catch (error) {
    if (isProblemError(error)) return { problem: { code: error.code, detail: error.message, phase: error.phase, errors: error.errors } };
    // V8 makes no string beyond half a gibibyte, and no stack beyond its own bound.
    if (error instanceof RangeError) return answerTask(EXHAUSTED, { ...task, view: 'exhausted' });
    throw error;
  }
}

const EXHAUSTED = {
  exhausted: defineView(
    () => {
      throw tooLarge();
    },
    () => 0,
  ),
};

function tooLarge(): ProblemError {
  const detail = `the answer would be larger than ${String(MAX_ANSWER_BYTES)} bytes: ask for less with limit`;
  return new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { phase: 'parse' });
}

function documentOf(source: TaskSource): PageDocument {
  if ('html' in source) {
    return createDocument({
      text: source.html.replace(/^\uFEFF/, ''),
      url: null,
      baseUrl: source.baseUrl,
      syntax: 'html',
      encoding: 'UTF-8',
    });
  }
  const { bytes, hints, url } = source;
  const { name } = determineEncoding(bytes, hints);
  const syntax = hints.syntax === 'json' ? 'text' : hints.syntax;
  return createDocument({ text: decodeText(bytes, name).text, url, baseUrl: null, syntax, encoding: name });
}
