import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { problemPage } from './about-pages.ts';
import { contractFile } from './contract-files.ts';

const HTML = 'text/html; charset=utf-8';
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** What this server says about itself: its contract, its problems. */
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

  @Get('problems/:code')
  @Header('Content-Type', HTML)
  @Header('Content-Security-Policy', POLICY)
  problem(@Param('code') code: string): string {
    return problemPage(code);
  }
}
