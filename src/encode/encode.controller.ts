import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersGet, AnswersPost } from '../api/answer.decorator.ts';
import { getTwinUrl } from '../api/next-url.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { DecodeRequest } from './encode.args.ts';
import { DecodedText } from './encode.model.ts';
import { EncodeService } from './encode.service.ts';

const DECODE = {
  type: DecodedText,
  summary: 'Bytes as text',
  description: 'Reads bytes as text in the encoding named, or in the one they are found to be in, and says what each byte sequence became.',
};

/** `/encode` is in src/characters, for it can read a page. */
@ApiTags('Characters')
@Controller()
export class EncodeController {
  constructor(private readonly encode: EncodeService) {}

  @AnswersGet('decode', DECODE)
  getDecode(@Query() args: DecodeRequest, @RequestUrl() here: string): Promise<Buffer> {
    return this.encode.writeDecoded(args, here);
  }

  @AnswersPost('decode', DECODE)
  postDecode(@Body() args: DecodeRequest, @RequestUrl() here: string): Promise<Buffer> {
    return this.encode.writeDecoded(args, getTwinUrl(here, args));
  }
}
