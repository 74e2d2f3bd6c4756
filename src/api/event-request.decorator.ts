import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptedOf } from '../formats/list-format.ts';
import { tellProblem } from './problem.filter.ts';
import { varyByAccept } from './vary-by-accept.setup.ts';

/** The media type of events. https://html.spec.whatwg.org/multipage/iana.html#text/event-stream */
export const EVENTS = 'text/event-stream';

const FORMS = [
  { format: 'json', mediaType: 'application/json' },
  { format: 'events', mediaType: EVENTS },
] as const;

/** A request whose answer may come as events, as far as that goes. */
export interface EventRequest {
  wantsEvents: boolean;
  /** Says that the answer is events. */
  beginEvents: () => void;
  /** The problem that an error is told as, in JSON. */
  problemOf: (error: unknown) => string;
  /** Ends the connection where the caller has not taken everything in so many milliseconds. */
  endAfter: (ms: number) => void;
}

/** The request for an answer that may come as events. */
export const AsksForEvents = createParamDecorator((_options: unknown, context: ExecutionContext): EventRequest => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  varyByAccept(reply);
  return {
    wantsEvents: acceptedOf(FORMS, 'json', request.headers.accept) === 'events',
    beginEvents: () => {
      // Proxies are asked to pass each event on as it comes: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
      void reply.headers({ 'Content-Type': `${EVENTS}; charset=utf-8`, 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    },
    problemOf: (error) => JSON.stringify(tellProblem(error, request)),
    endAfter: (ms) => {
      const timer = setTimeout(() => {
        request.log.info('the caller did not take its answer in time');
        reply.raw.destroy();
      }, ms);
      reply.raw.once('close', () => {
        clearTimeout(timer);
      });
    },
  };
});
