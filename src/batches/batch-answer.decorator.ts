import { applyDecorators, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import { csvHeader } from '../formats/csv.ts';
import { LIST_FORMATS } from '../formats/list-format.ts';
import { exampleOf } from '../api/model-members.ts';
import { Batch, BatchRemoval, BatchResult, BatchResultsAnswer } from './batch.model.ts';

const schemaOf = (type: unknown): { $ref: string } => ({ $ref: getSchemaPath(type as () => void) });
const text = (example: string): object => ({ schema: { type: 'string' }, example });
const line = (): string => `${JSON.stringify(exampleOf(BatchResult))}\n`;

/** `POST /batches`: what creates a batch. */
export function CreatesBatch(): MethodDecorator {
  return applyDecorators(
    Post('batches'),
    HttpCode(202),
    ApiExtraModels(Batch, BatchResultsAnswer),
    ApiOperation({
      operationId: 'postBatches',
      summary: 'Retrieve and read a list of URLs',
      description:
        'Takes up to 10,000 URLs on, to be retrieved and read in the background. Once it is answered, each of them will have exactly one result, whatever ends meanwhile. A list may also be sent as a file (`Content-Type: text/csv`), with everything else in the query. A list with a URL in it that is none is refused whole.',
    }),
    ApiAcceptedResponse({
      description: 'It is taken on; `Location` is where it is told of.',
      headers: {
        Location: {
          description: 'Where the batch is.',
          required: true,
          schema: { type: 'string', example: '/batches/p7Yf3v0bq1yQ8o2JmVwQ1g' },
        },
      },
      content: { 'application/json': { schema: schemaOf(Batch) } },
    }),
    ApiOkResponse({
      description: 'With `wait`, where it is finished in time: its results. With `stream`: each result as a line of JSON when it comes.',
      headers: {
        Location: {
          description: 'Where the batch is.',
          required: true,
          schema: { type: 'string', example: '/batches/p7Yf3v0bq1yQ8o2JmVwQ1g' },
        },
      },
      content: { 'application/json': { schema: schemaOf(BatchResultsAnswer) }, 'application/x-ndjson': text(line()) },
    }),
  );
}

/** The results of a batch, in the formats of lists. */
export function AnswersResults(path: string): MethodDecorator {
  return applyDecorators(
    Get(path),
    ApiExtraModels(BatchResultsAnswer),
    ApiOperation({
      operationId: 'getBatchResults',
      summary: 'The results of a batch',
      description: 'Those that are there by now. As CSV, NDJSON or a table they are written while they are read, however many there are.',
    }),
    ApiOkResponse({
      description: 'The answer.',
      headers: Object.fromEntries(['Vary', 'Pagewire-Total'].map((name) => [name, { $ref: `#/components/headers/${name}` }])),
      content: {
        [LIST_FORMATS.json.mediaType]: { schema: schemaOf(BatchResultsAnswer) },
        [LIST_FORMATS.csv.mediaType]: text(csvHeader(['index', 'url', 'state', 'status'])),
        [LIST_FORMATS.ndjson.mediaType]: text(line()),
        [LIST_FORMATS.html.mediaType]: text('<!doctype html><html lang="en">…</html>'),
      },
    }),
  );
}

/** What becomes of a batch, as server-sent events. */
export function AnswersEvents(path: string): MethodDecorator {
  return applyDecorators(
    Get(path),
    ApiOperation({
      operationId: 'getBatchEvents',
      summary: 'What becomes of a batch, as it happens',
      description:
        'Server-sent events: `result` with a result, whose id is its number from 1 in the order of arrival; `progress` with the batch, whenever its counts change; `end` with the batch when it is finished. `Last-Event-ID` goes on behind an event.',
    }),
    ApiOkResponse({
      description: 'The events, to the last one.',
      content: { 'text/event-stream': text(`id: 1\nevent: result\ndata: ${line()}\n`) },
    }),
  );
}

/** What ends a batch, or deletes it. */
export function RemovesBatch(path: string): MethodDecorator {
  return applyDecorators(
    Delete(path),
    ApiOperation({
      operationId: 'deleteBatch',
      summary: 'Cancel a batch, or delete it',
      description: 'One that is not finished is cancelled; one that is finished is deleted with all its results. The answer says which.',
    }),
    ApiOkResponse({ type: BatchRemoval, description: 'What was done.' }),
  );
}
