import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { namesMediaType } from '../formats/list-format.ts';
import { homeLinks, problemPage, unbuiltPage } from './about-pages.ts';
import { answerPage } from './console.setup.ts';
import { contractFile } from './contract-files.ts';
import { varyByAccept } from './vary-by-accept.setup.ts';

const HTML = 'text/html; charset=utf-8';
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** What this server says about itself: its front page, its contract, its problems. */
@ApiExcludeController()
@Controller()
export class AboutController {
  @Get()
  home(@Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): unknown {
    varyByAccept(reply);
    return namesMediaType('text/html', accept) ? answerPage(reply, 'index.html', unbuiltPage) : homeLinks();
  }

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

  @Get('problems/:code')
  @Header('Content-Type', HTML)
  @Header('Content-Security-Policy', POLICY)
  problem(@Param('code') code: string): string {
    return problemPage(code);
  }
}
