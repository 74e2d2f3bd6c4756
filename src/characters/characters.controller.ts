import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersGet, AnswersPost } from '../api/answer.decorator.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { CharactersArgs, CharactersBody } from './characters.args.ts';
import { CharactersAnswer } from './characters.model.ts';
import { CharactersService } from './characters.service.ts';

const ENCODE = {
  type: CharactersAnswer,
  summary: 'Text as characters and bytes',
  description:
    'Every code point of a text with its name and its bytes, and the whole text in each encoding asked for. The text is yours, or one of a page: of an element, as a reader sees it, or as it is.',
};

@ApiTags('Characters')
@Controller()
export class CharactersController {
  constructor(private readonly characters: CharactersService) {}

  @AnswersGet('encode', ENCODE)
  getEncode(@Query() args: CharactersArgs, @RequestUrl() here: string): Promise<Buffer> {
    return this.characters.answer(args, 'GET', here);
  }

  @AnswersPost('encode', ENCODE)
  postEncode(@Body() args: CharactersBody, @RequestUrl() here: string): Promise<Buffer> {
    return this.characters.answer(args, 'POST', here);
  }
}
