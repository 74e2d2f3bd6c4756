import { Controller, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { namesMediaType } from '../formats/list-format.ts';
import { AnswersGet } from './answer.decorator.ts';
import { answerPage } from './console.setup.ts';
import { trimmed } from './fields.ts';
import { FieldsOf } from './fields.args.ts';
import { PROBLEMS } from './problem.ts';
import { type AboutProblems, allProblems, oneProblem, PAGE_NAME, UNBUILT, written } from './problem-pages.ts';
import { ProblemType, ProblemTypes } from './problem-type.model.ts';
import { problemType, problemTypes } from './problem-types.ts';
import { varyByAccept } from './vary-by-accept.setup.ts';

class ProblemTypesArgs extends FieldsOf(ProblemTypes, ['problems.code', 'problems.meaning']) {}
class ProblemTypeArgs extends FieldsOf(ProblemType, ['meaning', 'advice']) {}

/** Both pages of HTML depend on nothing but the contract. */
function answerHtml(reply: FastifyReply, page: AboutProblems): string {
  return written(
    answerPage(reply, PAGE_NAME, () => UNBUILT),
    page,
  );
}

/** What problems mean, to people and to programs. */
@ApiTags('About')
@Controller('problems')
export class ProblemsController {
  @AnswersGet('', {
    type: ProblemTypes,
    name: 'getProblemTypes',
    summary: 'What may be answered instead of a result',
    description: 'Every code with what it means, why it happens, and what to do. To a browser a page.',
    hasPage: true,
  })
  all(
    @Query() { fields }: ProblemTypesArgs,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): unknown {
    varyByAccept(reply);
    return namesMediaType('text/html', accept) ? answerHtml(reply, allProblems()) : trimmed(problemTypes(), fields);
  }

  @AnswersGet(':code', {
    type: ProblemType,
    name: 'getProblem',
    summary: 'What a problem means',
    description: 'Where the `type` of a problem leads: what it means, why it happens, and what to do. To a browser a page.',
    hasPage: true,
  })
  @ApiParam({
    name: 'code',
    description: 'The `code` of a problem.',
    schema: { type: 'string', enum: Object.keys(PROBLEMS), example: 'TARGET_TIMEOUT' },
  })
  one(
    @Param('code') code: string,
    @Query() { fields }: ProblemTypeArgs,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): unknown {
    varyByAccept(reply);
    const type = problemType(code);
    return namesMediaType('text/html', accept) ? answerHtml(reply, oneProblem(type)) : trimmed(type, fields);
  }
}
