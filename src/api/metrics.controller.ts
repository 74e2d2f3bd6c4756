import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Metrics } from './metrics.ts';

/** What Prometheus asks for; open-api-paths.ts describes it. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  async text(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .header('Cache-Control', 'no-store')
      .type(this.metrics.mediaType)
      .send(await this.metrics.text());
  }
}
