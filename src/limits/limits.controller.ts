import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersGet } from '../api/answer.decorator.ts';
import { trimmed } from '../api/fields.ts';
import { FieldsOf } from '../api/fields.args.ts';
import { Limits } from './limits.model.ts';
import { LimitsService } from './limits.service.ts';

class LimitsArgs extends FieldsOf(Limits, ['caller.ratePerMinute', 'retrieval']) {}

@ApiTags('About')
@Controller('limits')
export class LimitsController {
  constructor(private readonly service: LimitsService) {}

  @AnswersGet('', {
    type: Limits,
    name: 'getLimits',
    summary: 'The limits in force',
    description:
      'What this very server allows a caller, a retrieval, a document, jobs, watches, webhooks and an operation. No key is asked for.',
  })
  limits(@Query() { fields }: LimitsArgs): object {
    return trimmed(this.service.limits, fields);
  }
}
