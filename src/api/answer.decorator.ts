import { applyDecorators, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiDefaultResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';

interface AnswerOptions {
  /** The answer's model; null where bytes of any media type are answered. */
  type: unknown;
  summary: string;
  description: string;
  /** The operationId, where the path alone does not give it. */
  name?: string;
}

/** `links` and GET → `getLinks`; `links/compare` and POST → `postLinksCompare`. */
function operationId(verb: 'get' | 'post', path: string): string {
  const words = path.split('/').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return verb + words.join('');
}

function documented(verb: 'get' | 'post', path: string, { type, summary, description, name }: AnswerOptions): MethodDecorator {
  return applyDecorators(
    // Some answers are JSON already, as bytes: these need to be told what they are. /body names its own type.
    ...(type === null ? [] : [Header('Content-Type', 'application/json; charset=utf-8')]),
    ApiOperation({ operationId: name ?? operationId(verb, path), summary, description }),
    type === null
      ? ApiOkResponse({ description: 'The content.', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } })
      : ApiOkResponse({ type: type as () => void, description: 'The answer.' }),
    ApiDefaultResponse({
      description: 'A problem (RFC 9457): `code` says why.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
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
