import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { isWanted, trimmed } from '../api/fields.ts';
import type { ListRequest } from '../api/list-request.decorator.ts';
import { columnsOf } from '../api/model-members.ts';
import { nextUrl } from '../api/next-url.ts';
import { invalidParameter } from '../api/problem.ts';
import type { Entry } from '../formats/columns.ts';
import { csvHeader, csvRow } from '../formats/csv.ts';
import { htmlEnd, htmlRow, htmlStart } from '../formats/html-table.ts';
import { acceptedFormat, acceptedOf, type ListFormat } from '../formats/list-format.ts';
import { listHeaders } from '../parse/list-answer.ts';
import type { ListParts } from './crawl-graph.service.ts';
import type { Crawl } from './crawl.model.ts';
import { csvOf, dotOf, GRAPH_FORMATS, type GraphFormat, graphmlOf, type GraphParts } from './graph-formats.ts';

/** Which part of a list is wanted, and how. */
interface ListWanted {
  fields?: readonly string[];
  format?: ListFormat;
  limit?: number;
  offset: number;
}

/** Answers a list in the format that is asked for, written while it is read. `member` is what the answer calls it, `entry` the class of its entries. */
export async function sendList(
  reply: FastifyReply,
  { crawl, total, parts }: ListParts<object>,
  { member, entry }: { member: string; entry: unknown },
  { fields, format: given, limit, offset }: ListWanted,
  asked: ListRequest,
): Promise<void> {
  const format = given ?? acceptedFormat(asked.accept);
  const next = nextUrl(asked.url, { limit, offset }, total);
  const columns = columnsOf(entry).filter((column) => isWanted(`${member}.${column}`, fields));
  if (format !== 'json' && columns.length === 0)
    throw invalidParameter('fields', `names nothing of ${member}, and ${format} has nothing else`);
  const begun = await begin(parts);
  asked.answerWith(listHeaders(format, member, null, total, next));
  const trim = (part: readonly object[]): readonly object[] =>
    fields === undefined ? part : ((trimmed({ [member]: part }, fields) as Record<string, object[]>)[member] ?? []);
  const text =
    format === 'json'
      ? jsonOf(trimmed({ total, next, crawl }, fields), isWanted(member, fields) ? [[member, begun]] : [], trim)
      : entriesOf(begun, { format, columns, trim, title: `${member} of ${crawl.url}`, total, next });
  await reply.send(Readable.from(text));
}

/** Answers a graph in the format that is asked for, written while it is read. */
export async function sendGraph(
  reply: FastifyReply,
  { crawl, total, totalEdges, ...graph }: GraphParts & { crawl: Crawl; total: number; totalEdges: number },
  { fields, format: given }: { fields?: readonly string[]; format?: GraphFormat },
  asked: ListRequest,
): Promise<void> {
  const formats = Object.entries(GRAPH_FORMATS).map(([format, { mediaType }]) => ({ format: format as GraphFormat, mediaType }));
  const format = given ?? acceptedOf(formats, 'json', asked.accept);
  const { contentType, extension, disposition } = GRAPH_FORMATS[format];
  const parts = { ...graph, nodes: await begin(graph.nodes) };
  asked.answerWith({
    'Content-Type': contentType,
    ...(disposition !== null && {
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Content-Disposition': `${disposition}; filename="graph.${extension}"`,
    }),
  });
  const facts = trimmed({ total, totalEdges, crawl }, fields);
  const lists = (['nodes', 'edges'] as const).filter((name) => isWanted(name, fields)).map((name) => [name, parts[name]] as const);
  const trim = (part: readonly object[], name: string): readonly object[] =>
    fields === undefined ? part : ((trimmed({ [name]: part }, fields) as Record<string, object[]>)[name] ?? []);
  const text = {
    json: () => jsonOf(facts, lists, trim),
    graphml: () => graphmlOf(parts),
    dot: () => dotOf(parts),
    csv: () => csvOf(parts),
  };
  await reply.send(Readable.from(text[format]()));
}

/** What is first is read at once: a problem of it is told instead of an answer. */
async function begin<Part>(parts: AsyncIterable<Part>): Promise<AsyncIterable<Part>> {
  const reading = parts[Symbol.asyncIterator]();
  const first = await reading.next();
  return (async function* () {
    if (first.done === true) return;
    yield first.value;
    for (let next = await reading.next(); next.done !== true; next = await reading.next()) yield next.value;
  })();
}

/** An object as JSON whose last members are lists. */
async function* jsonOf(
  facts: object,
  lists: readonly (readonly [string, AsyncIterable<readonly object[]>])[],
  trim: (part: readonly object[], name: string) => readonly object[],
): AsyncGenerator<string> {
  let before = JSON.stringify(facts).slice(0, -1);
  for (const [name, parts] of lists) {
    yield `${before}${before === '{' ? '' : ','}${JSON.stringify(name)}:[`;
    let comma = '';
    for await (const part of parts) {
      if (part.length === 0) continue;
      yield comma + JSON.stringify(trim(part, name)).slice(1, -1);
      comma = ',';
    }
    before = ']';
  }
  yield `${before}}`;
}

interface TableForm {
  format: Exclude<ListFormat, 'json'>;
  columns: readonly string[];
  trim: (part: readonly object[]) => readonly object[];
  title: string;
  total: number;
  next: string | null;
}

async function* entriesOf(
  parts: AsyncIterable<readonly object[]>,
  { format, columns, trim, title, total, next }: TableForm,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvHeader(columns);
  if (format === 'html') yield htmlStart(title.charAt(0).toUpperCase() + title.slice(1), columns);
  const write = { csv: csvRow, html: htmlRow, ndjson: (entry: Entry) => `${JSON.stringify(entry)}\n` }[format];
  for await (const part of parts) {
    const entries = (format === 'ndjson' ? trim(part) : part) as readonly Entry[];
    if (entries.length > 0) yield entries.map((entry) => write(entry, columns)).join('');
  }
  if (format === 'html') yield htmlEnd(total, next);
}
