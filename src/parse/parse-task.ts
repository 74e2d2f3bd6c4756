import { decodeText, determineEncoding, type EncodingHints, validUtf8 } from '../encode/character-encoding.ts';
import { trimmed } from '../api/fields.ts';
import type { HeaderField } from '../fetch/field-lines.ts';
import { type Entry } from '../formats/columns.ts';
import { jsonBytes } from '../formats/json-bytes.ts';
import { type ListForm, writeEntries } from '../formats/list-writer.ts';
import type { TextForm } from '../formats/text-format.ts';
import { answerTooLarge, MAX_ANSWER_BYTES } from '../tasks/answer-limit.ts';
import type { ProblemReply, Task, TaskFunction } from '../tasks/task.ts';
import type { Asked } from './asked.ts';
import { createDocument, type PageDocument } from './document.ts';

/** What a view reads: a content as bytes with what is known of its encoding and its response, or a text that the caller sent. */
export type TaskSource =
  { bytes: Uint8Array; hints: EncodingHints; url: string; fields: readonly HeaderField[] } | { html: string; baseUrl: string | null };

/** What another process is told beside the bytes of a {@link viewTask}. An inline document comes as UTF-16, which lone surrogates survive. */
export interface ViewInput {
  options: unknown;
  /** How the entries of the answer's list are written, or which text is; null for the whole answer, as JSON. */
  form: ListForm | TextForm | null;
  /** Members of the answer that are wanted; all where there are none. */
  wanted?: readonly string[] | undefined;
  hints: EncodingHints | null;
  /** Of a content its URL, of an inline document its base URL. */
  url: string | null;
  /** Of a content the header fields that views read. */
  fields: readonly HeaderField[];
}

/** What it tells beside the answer: how many entries the answer's list has in all. */
export interface ViewFacts {
  entries: number;
}

/** A view, and how many entries the list in its answer has before paging. */
export interface View {
  read: (document: PageDocument, options: never) => unknown;
  entries: (model: never) => number;
}

/** Pairs a view with its count; the options have been validated before they come to it. */
export function defineView<Model>(
  read: (document: PageDocument, options: never) => Model | Promise<Model>,
  entries: (model: Model) => number,
): View {
  return { read, entries };
}

/** How a view is to be answered: as JSON, or its list or its text alone, and of its members those that `fields` name. */
export interface AnswerWish {
  form?: ListForm | TextForm | null;
  fields?: readonly string[] | undefined;
}

/** One view of one document, to be answered by another process. */
export function viewTask(view: string, source: TaskSource, options: unknown, { form = null, fields: wanted }: AnswerWish): Task {
  if ('html' in source) {
    const input: ViewInput = { options, form, wanted, hints: null, url: source.baseUrl, fields: [] };
    return { name: view, input, bytes: [Buffer.from(source.html, 'utf16le')] };
  }
  const input: ViewInput = { options, form, wanted, hints: source.hints, url: source.url, fields: source.fields };
  return { name: view, input, bytes: [source.bytes] };
}

/** One view, and what is asked of its answer. */
export interface Ask {
  view: string;
  options: object;
  asked: Asked;
}

/** What came of an {@link Ask}: so many bytes of JSON with so many objects, and of the names in the caller's own answer; or why there is none. */
export type AskOutcome = { kind: 'answer'; bytes: number; nameBytes: number; objects: number } | ProblemReply;

/** Several views of one document, which is decoded and parsed once; answered by their JSON, one after the other, and an {@link AskOutcome} for each. */
export function passTask(asks: readonly Ask[], source: TaskSource): Task {
  return viewTask('pass', source, asks, {});
}

/** Views as what another process does: decodes, parses, reads, and writes the answer in UTF-8. */
export function viewFunctions(views: Readonly<Record<string, View>>): Record<string, TaskFunction> {
  return Object.fromEntries(Object.entries(views).map(([name, view]) => [name, answering(view)]));
}

function answering({ read, entries }: View): TaskFunction {
  return async (input: ViewInput, content: Buffer) => {
    const model = await read(documentOf(input, content), input.options as never);
    return answerOf(model as object, entries(model as never), input);
  };
}

/** What a view found, as the answer that was asked for. */
export function answerOf(model: object, entries: number, { wanted, form }: ViewInput): { facts: ViewFacts; bytes: Uint8Array } {
  return { facts: { entries }, bytes: written(trimmed(model, wanted), form) };
}

function written(model: unknown, form: ListForm | TextForm | null): Uint8Array {
  if (form !== null && 'columns' in form) {
    const entries = (model as Readonly<Record<string, readonly Entry[]>>)[form.member] ?? [];
    return writeEntries(entries, form, MAX_ANSWER_BYTES, () => answerTooLarge());
  }
  if (form === null) return jsonBytes(model as object);
  return Buffer.from((model as Readonly<Record<string, string>>)[form.member] ?? '');
}

/** The document that another process was sent. */
export function documentOf({ hints, url, fields }: ViewInput, content: Buffer): PageDocument {
  if (hints === null) {
    const text = content.toString('utf16le').replace(/^\uFEFF/, '');
    return createDocument({ text, url: null, baseUrl: url, syntax: 'html', encoding: 'UTF-8' });
  }
  const { name, source: encodingSource } = determineEncoding(content, hints);
  const syntax = hints.syntax === 'json' ? 'text' : hints.syntax;
  return createDocument({
    text: validUtf8(content, name) ?? decodeText(content, name).text,
    url,
    baseUrl: null,
    syntax,
    encoding: name,
    encodingSource,
    fields,
  });
}
