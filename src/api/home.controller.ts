import { Controller, Headers, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { namesMediaType } from '../formats/list-format.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { homeLinks, unbuiltPage } from './about-pages.ts';
import { AnswersGet } from './answer.decorator.ts';
import { answerPage } from './console.setup.ts';
import { Home } from './home.model.ts';
import { varyByAccept } from './vary-by-accept.setup.ts';

/** The front page: the console to browsers, to programs the ways on. */
@ApiTags('About')
@Controller()
export class HomeController {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  @AnswersGet('/', {
    type: Home,
    summary: 'The ways on from here',
    description: 'What this server is, and where to go on. Who asks for `text/html`, as browsers do, gets the console.',
    name: 'getHome',
  })
  home(@Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): Home | string {
    varyByAccept(reply);
    return namesMediaType('text/html', accept) ? answerPage(reply, 'index.html', unbuiltPage) : homeLinks(this.settings.DEMO);
  }
}
