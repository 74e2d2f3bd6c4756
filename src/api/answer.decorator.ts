import { applyDecorators, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';

interface AnswerOptions {
  /** The answer's model; null where bytes of any media type are answered. */
  type: unknown;
  summary: string;
  description: string;
  /** The operationId, where the path alone does not give it. */
  name?: string;
  /** Where `type` is null: the one media type that is answered, and an example. */
  content?: { mediaType: string; example: unknown; isFile: boolean };
}

/** What an answer of bytes says of them: all that a JSON answer would have said of their target. */
const CONTENT_HEADERS = {
  'Pagewire-Snapshot': {
    description: 'Id of the snapshot; any view takes it as `snapshot=`.',
    schema: { type: 'string', examples: ['p7Yf3v0bq1yQ8o2JmVwQ1g'] },
  },
  'Pagewire-Status': { description: 'Status code of the final response.', schema: { type: 'integer', examples: [200] } },
  'Pagewire-Final-Url': {
    description: 'URL of the final response; absent when it is longer than 4,096 characters.',
    schema: { type: 'string', examples: ['http://example.com/romeo.txt'] },
  },
  'Content-Disposition': {
    description: 'The name of a file to save it as. `attachment` for content of a target: that is no page of this server.',
    schema: { type: 'string', examples: ["attachment; filename*=UTF-8''romeo.txt"] },
  },
  'Content-Security-Policy': {
    description: 'Always a sandbox: nothing in the content runs on this origin.',
    schema: { type: 'string', examples: ["sandbox; default-src 'none'"] },
  },
};

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

function documented(verb: 'get' | 'post', path: string, { type, summary, description, name, content }: AnswerOptions): MethodDecorator {
  return applyDecorators(
    // Some answers are JSON already, as bytes: these need to be told what they are. The others name their own type.
    ...(type === null ? [] : [Header('Content-Type', 'application/json; charset=utf-8')]),
    ApiOperation({ operationId: name ?? operationId(verb, path), summary, description }),
    type === null ? contentResponse(content) : ApiOkResponse({ type: type as () => void, description: 'The answer.' }),
    ...(path.includes(':') ? [ApiNotFoundResponse()] : []),
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
