import type { LoggerService } from '@nestjs/common';
import type { FastifyBaseLogger } from 'fastify';

/** Nest's own messages, as JSON lines among ours; its talk while starting is for debugging. */
export class FrameworkLogger implements LoggerService {
  readonly #log: FastifyBaseLogger;

  constructor(log: FastifyBaseLogger) {
    this.#log = log;
  }

  log(message: unknown): void {
    this.#log.debug(String(message));
  }

  debug(message: unknown): void {
    this.#log.debug(String(message));
  }

  warn(message: unknown): void {
    this.#log.warn(String(message));
  }

  error(message: unknown, stack?: unknown): void {
    this.#log.error({ stack: typeof stack === 'string' ? stack : undefined }, String(message));
  }

  fatal(message: unknown): void {
    this.#log.fatal(String(message));
  }
}
