import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The absolute URL that the caller asked, as the caller wrote its host. */
export const RequestUrl = createParamDecorator((_options: unknown, context: ExecutionContext): string => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return `${request.protocol}://${request.host}${request.url}`;
});
