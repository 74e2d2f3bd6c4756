import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersGet, AnswersPost } from '../api/answer.decorator.ts';
import { getTwinUrl } from '../api/next-url.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { decodeBytes } from './decode-bytes.ts';
import { DecodeArgs, EncodeArgs } from './encode.args.ts';
import { DecodedText, EncodedText } from './encode.model.ts';
import { EncodeService } from './encode.service.ts';

const ENCODE = {
  type: EncodedText,
  summary: 'Text as characters and bytes',
  description: 'Every code point of a text with its name and its bytes, and the whole text in each encoding asked for.',
};
const DECODE = {
  type: DecodedText,
  summary: 'Bytes as text',
  description: 'Reads bytes as text in the encoding named, or in the one they are found to be in, and says where they are not valid in it.',
};

@ApiTags('Characters')
@Controller()
export class EncodeController {
  constructor(private readonly encode: EncodeService) {}

  @AnswersGet('encode', ENCODE)
  getEncode(@Query() args: EncodeArgs, @RequestUrl() here: string): Promise<Buffer> {
    return this.encode.write(args, here);
  }

  @AnswersPost('encode', ENCODE)
  postEncode(@Body() args: EncodeArgs, @RequestUrl() here: string): Promise<Buffer> {
    return this.encode.write(args, getTwinUrl(here, args));
  }

  @AnswersGet('decode', DECODE)
  getDecode(@Query() args: DecodeArgs): DecodedText {
    return decodeBytes(args);
  }

  @AnswersPost('decode', DECODE)
  postDecode(@Body() args: DecodeArgs): DecodedText {
    return decodeBytes(args);
  }
}
