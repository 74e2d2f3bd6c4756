import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { unbuiltPage } from './about-pages.ts';
import { answerPage } from './console.setup.ts';
import { contractFile } from './contract-files.ts';

/** What this server says about itself: its documentation, its contract. */
@ApiExcludeController()
@Controller()
export class AboutController {
  @Get('openapi.json')
  @Header('Content-Type', 'application/json; charset=utf-8')
  openApi(): string {
    return contractFile('openapi.json');
  }

  @Get('schema.graphql')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  schema(): string {
    return contractFile('schema.graphql');
  }

  @Get('docs')
  docs(@Res({ passthrough: true }) reply: FastifyReply): string {
    return answerPage(reply, 'docs/index.html', unbuiltPage);
  }

  @Get('jobs')
  jobs(@Res({ passthrough: true }) reply: FastifyReply): string {
    return answerPage(reply, 'jobs/index.html', unbuiltPage);
  }
}
