import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestedUrl } from './request-url.decorator.ts';
import { varyByAccept } from './vary-by-accept.setup.ts';

/** A request for a list, as far as the form of the answer goes. */
export interface ListRequest {
  /** The absolute URL that the caller asked, as the caller wrote its host. */
  url: string;
  /** The `Accept` field. */
  accept: string | undefined;
  /** Sets header fields of the answer, and that it depends on `Accept`. */
  answerWith: (headers: Readonly<Record<string, string>>) => void;
}

/** The request for a list. */
export const AsksForList = createParamDecorator((_options: unknown, context: ExecutionContext): ListRequest => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  return {
    url: requestedUrl(request),
    accept: request.headers.accept,
    answerWith: (headers) => {
      void reply.headers(headers);
      varyByAccept(reply);
    },
  };
});
