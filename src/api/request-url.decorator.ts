import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The absolute URL that the caller asked, as the caller wrote its host. */
export const RequestUrl = createParamDecorator((_options: unknown, context: ExecutionContext): string =>
  requestedUrl(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** See {@link RequestUrl}. */
export function requestedUrl({ protocol, host, url }: Pick<FastifyRequest, 'protocol' | 'host' | 'url'>): string {
  return `${protocol}://${host}${url}`;
}
