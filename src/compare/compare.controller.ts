import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersPost } from '../api/answer.decorator.ts';
import { CompareBody } from './compare.args.ts';
import { CompareAnswer } from './compare.model.ts';
import { CompareService } from './compare.service.ts';

const COMPARE = {
  type: CompareAnswer,
  summary: 'What differs between variants of one request',
  description:
    'Retrieves 2 to 5 variants of one request at the same time (another user agent, language, coding, cookie, checks of certificates) and says what differs between their answers, and whether `Vary` owns up to it.',
};

@ApiTags('Retrieval')
@Controller()
export class CompareController {
  constructor(private readonly compare: CompareService) {}

  @AnswersPost('compare', COMPARE)
  postCompare(@Body() request: CompareBody): Promise<Buffer> {
    return this.compare.compare(request);
  }
}
