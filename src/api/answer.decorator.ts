import { applyDecorators, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import { csvHeader, csvRow } from '../formats/csv.ts';
import { LIST_FORMATS } from '../formats/list-format.ts';
import { TEXT_FORMATS, type TextForm } from '../formats/text-format.ts';
import { CONTENT_HEADERS } from './content-headers.ts';
import { EVENTS } from './event-request.decorator.ts';
import { columnsOf, exampleOf } from './model-members.ts';
import { Problem } from './problem.model.ts';

interface AnswerOptions {
  /** The answer's model; null where bytes of any media type are answered. */
  type: unknown;
  summary: string;
  description: string;
  /** The operationId, where the path alone does not give it. */
  name?: string;
  /** Where `type` is null: the one media type that is answered, and an example. */
  content?: { mediaType: string; example: unknown; isFile: boolean };
  /** Where the answer may be its list alone, in the formats of lists: the member, and the class of its entries. */
  list?: { member: string; entry: unknown };
  /** Where the answer may come as events that tell how it goes: the class of what they tell. */
  events?: unknown;
  /** A browser is shown a page instead. */
  hasPage?: boolean;
  /** Where the answer may be one of its members alone, a text: the member, its format, and the class that declares it. */
  text?: TextForm & { model: unknown };
}

/** `links` and GET → `getLinks`; `links/compare` and POST → `postLinksCompare`. */
function operationId(verb: 'get' | 'post', path: string): string {
  const words = path.split('/').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return verb + words.join('');
}

/** The 200 of an answer that is not JSON of a model. */
function contentResponse(content: AnswerOptions['content']): MethodDecorator {
  if (content === undefined) {
    return ApiOkResponse({
      description: 'The content.',
      headers: CONTENT_HEADERS,
      content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
    });
  }
  const { mediaType, example, isFile } = content;
  const schema = { type: typeof example === 'string' ? 'string' : 'object' };
  const { 'Content-Disposition': disposition, ...headers } = CONTENT_HEADERS;
  return ApiOkResponse({
    description: 'The answer.',
    headers: { ...headers, ...(isFile && { 'Content-Disposition': disposition }) },
    content: { [mediaType]: { schema, example } },
  });
}

/** What a list says in header fields; but for its length and its next part, in the formats that are not JSON. */
const LIST_HEADERS = ['Vary', 'Pagewire-Total', ...Object.keys(CONTENT_HEADERS)];

/** The 200 of an answer that is a list, in each format. */
function listResponse(type: unknown, { entry }: NonNullable<AnswerOptions['list']>): MethodDecorator {
  const [columns, example] = [columnsOf(entry), exampleOf(entry)];
  const examples = {
    [LIST_FORMATS.csv.mediaType]: csvHeader(columns) + csvRow(example, columns),
    [LIST_FORMATS.ndjson.mediaType]: `${JSON.stringify(example)}\n`,
    [LIST_FORMATS.html.mediaType]: '<!doctype html>\n<html lang="en">…<table>…</table>…</html>\n',
  };
  const others = Object.entries(examples).map(([mediaType, text]) => [mediaType, { schema: { type: 'string' }, example: text }] as const);
  return applyDecorators(
    ApiExtraModels(type as () => void),
    ApiOkResponse({
      description: 'The answer.',
      headers: Object.fromEntries(LIST_HEADERS.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
      content: { [LIST_FORMATS.json.mediaType]: { schema: { $ref: getSchemaPath(type as () => void) } }, ...Object.fromEntries(others) },
    }),
  );
}

/** The 200 of an answer that is a text, in its formats. */
function textResponse(type: unknown, { member, format, model }: NonNullable<AnswerOptions['text']>): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(type as () => void),
    ApiOkResponse({
      description: 'The answer.',
      headers: Object.fromEntries(
        ['Vary', ...Object.keys(CONTENT_HEADERS)].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
      ),
      content: {
        [TEXT_FORMATS.json.mediaType]: { schema: { $ref: getSchemaPath(type as () => void) } },
        [TEXT_FORMATS[format].mediaType]: { schema: { type: 'string' }, example: exampleOf(model)[member] },
      },
    }),
  );
}

/** The 200 of an answer that may come as events. */
function eventsResponse(type: unknown, told: unknown): MethodDecorator {
  const models = [told, type, Problem] as (() => void)[];
  return applyDecorators(
    ApiExtraModels(...models),
    ApiOkResponse({
      description: 'The answer.',
      headers: { Vary: { $ref: '#/components/headers/Vary' } },
      content: {
        'application/json': { schema: { $ref: getSchemaPath(type as () => void) } },
        [EVENTS]: {
          schema: {
            description:
              'The data of each event: of `progress`, of `answer` which is the last, or of `problem` which is the last in its place.',
            oneOf: models.map((model) => ({ $ref: getSchemaPath(model) })),
          },
          example: exampleOf(told),
        },
      },
    }),
  );
}

/** The 200 of an answer that is a page for a browser. */
function pageResponse(type: unknown): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(type as () => void),
    ApiOkResponse({
      description: 'The answer; to who names `text/html` in `Accept`, as a page.',
      headers: { Vary: { $ref: '#/components/headers/Vary' } },
      content: {
        'application/json': { schema: { $ref: getSchemaPath(type as () => void) } },
        'text/html': { schema: { type: 'string' }, example: '<!doctype html>\n<html lang="en">…</html>\n' },
      },
    }),
  );
}

function answerResponse({ type, content, list, text, events, hasPage = false }: AnswerOptions): MethodDecorator {
  if (type === null) return contentResponse(content);
  if (events !== undefined) return eventsResponse(type, events);
  if (hasPage) return pageResponse(type);
  if (text !== undefined) return textResponse(type, text);
  return list === undefined ? ApiOkResponse({ type: type as () => void, description: 'The answer.' }) : listResponse(type, list);
}

function documented(verb: 'get' | 'post', path: string, options: AnswerOptions): MethodDecorator {
  const { type, summary, description, name } = options;
  return applyDecorators(
    // Some answers are JSON already, as bytes: these need to be told what they are. The others name their own type.
    ...(type === null ? [] : [Header('Content-Type', 'application/json; charset=utf-8')]),
    ApiOperation({ operationId: name ?? operationId(verb, path), summary, description }),
    answerResponse(options),
  );
}

/** A GET route and its place in the contract. */
export function AnswersGet(path: string, options: AnswerOptions): MethodDecorator {
  return applyDecorators(Get(path), documented('get', path, options));
}

/** The POST twin of a GET route: the same parameters in a JSON body. It creates nothing, so it answers 200. */
export function AnswersPost(path: string, options: AnswerOptions): MethodDecorator {
  return applyDecorators(Post(path), HttpCode(200), documented('post', path, { ...options, summary: `${options.summary} (JSON body)` }));
}
