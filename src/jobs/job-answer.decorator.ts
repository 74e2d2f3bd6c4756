import { applyDecorators, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import { csvHeader } from '../formats/csv.ts';
import { LIST_FORMATS } from '../formats/list-format.ts';
import { exampleOf } from '../api/model-members.ts';

/** How the jobs of a kind stand in the contract. */
export interface JobContract {
  /** Where they are, as `batches`. */
  path: string;
  /** One of them, as `batch`. */
  one: string;
  /** Its models: itself, a result, results with what is beside them, and what became of one that was to go. */
  model: unknown;
  result: unknown;
  results: unknown;
  removal: unknown;
  /** What creates one: in a few words, and at length. */
  summary: string;
  description: string;
  columns: readonly string[];
}

const schemaOf = (type: unknown): { $ref: string } => ({ $ref: getSchemaPath(type as () => void) });
const text = (example: string): object => ({ schema: { type: 'string' }, example });
const line = ({ result }: JobContract): string => `${JSON.stringify(exampleOf(result))}\n`;
const named = (verb: string, name: string): string => verb + name.charAt(0).toUpperCase() + name.slice(1);

/** `POST`: what creates a job. */
export function CreatesJob(job: JobContract): MethodDecorator {
  const { path, one, model, results, summary, description } = job;
  const headers = {
    Location: {
      description: `Where the ${one} is.`,
      required: true,
      schema: { type: 'string' as const, example: `/${path}/p7Yf3v0bq1yQ8o2JmVwQ1g` },
    },
  };
  return applyDecorators(
    Post(path),
    HttpCode(202),
    ApiExtraModels(model as () => void, results as () => void),
    ApiOperation({ operationId: named('post', path), summary, description }),
    ApiAcceptedResponse({
      description: 'It is taken on; `Location` is where it is told of.',
      headers,
      content: { 'application/json': { schema: schemaOf(model) } },
    }),
    ApiOkResponse({
      description: 'With `wait`, where it is finished in time: its results. With `stream`: each result as a line of JSON when it comes.',
      headers,
      content: { 'application/json': { schema: schemaOf(results) }, 'application/x-ndjson': text(line(job)) },
    }),
  );
}

/** The results of a job, in the formats of lists. */
export function AnswersResults(job: JobContract): MethodDecorator {
  const { path, one, results, columns } = job;
  return applyDecorators(
    Get(`${path}/:id/results`),
    ApiExtraModels(results as () => void),
    ApiOperation({
      operationId: `${named('get', one)}Results`,
      summary: `The results of a ${one}`,
      description: 'Those that are there by now. As CSV, NDJSON or a table they are written while they are read, however many there are.',
    }),
    ApiOkResponse({
      description: 'The answer.',
      headers: Object.fromEntries(['Vary', 'Pagewire-Total'].map((name) => [name, { $ref: `#/components/headers/${name}` }])),
      content: {
        [LIST_FORMATS.json.mediaType]: { schema: schemaOf(results) },
        [LIST_FORMATS.csv.mediaType]: text(csvHeader(columns)),
        [LIST_FORMATS.ndjson.mediaType]: text(line(job)),
        [LIST_FORMATS.html.mediaType]: text('<!doctype html><html lang="en">…</html>'),
      },
    }),
  );
}

/** What becomes of a job, as server-sent events. */
export function AnswersEvents(job: JobContract): MethodDecorator {
  const { path, one } = job;
  return applyDecorators(
    Get(`${path}/:id/events`),
    ApiOperation({
      operationId: `${named('get', one)}Events`,
      summary: `What becomes of a ${one}, as it happens`,
      description: `Server-sent events: \`result\` with a result, whose id is its number from 1 in the order of arrival; \`progress\` with the ${one}, whenever its counts change; \`end\` with the ${one} when it is finished. \`Last-Event-ID\` goes on behind an event.`,
    }),
    ApiOkResponse({
      description: 'The events, to the last one.',
      content: { 'text/event-stream': text(`id: 1\nevent: result\ndata: ${line(job)}\n`) },
    }),
  );
}

/** What ends a job, or deletes it. */
export function RemovesJob({ path, one, removal }: JobContract): MethodDecorator {
  return applyDecorators(
    Delete(`${path}/:id`),
    ApiOperation({
      operationId: named('delete', one),
      summary: `Cancel a ${one}, or delete it`,
      description: 'One that is not finished is cancelled; one that is finished is deleted with all its results. The answer says which.',
    }),
    ApiOkResponse({ type: removal as () => void, description: 'What was done.' }),
  );
}
