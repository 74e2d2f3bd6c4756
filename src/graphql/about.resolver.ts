import { Args, ArgsType, Query, Resolver } from '@nestjs/graphql';
import { Parameter } from '../api/parameter.decorator.ts';
import type { ProblemCode } from '../api/problem.ts';
import { ProblemCodeName } from '../api/problem.model.ts';
import { ProblemType } from '../api/problem-type.model.ts';
import { problemTypes } from '../api/problem-types.ts';
import { Limits } from '../limits/limits.model.ts';
import { LimitsService } from '../limits/limits.service.ts';

@ArgsType()
export class ProblemTypesArgs {
  @Parameter({ type: ProblemCodeName, description: 'Only this one.', example: 'TARGET_TIMEOUT' })
  code?: ProblemCode;
}

/** What this server says of itself. */
@Resolver()
export class AboutResolver {
  constructor(private readonly service: LimitsService) {}

  @Query(() => Limits, { description: 'What is in force on this very server.' })
  limits(): Readonly<Limits> {
    return this.service.limits;
  }

  @Query(() => [ProblemType], { description: 'What problems mean, why they happen, and what to do: all of them, or one.' })
  problemTypes(@Args() { code }: ProblemTypesArgs): ProblemType[] {
    return problemTypes(code === undefined ? undefined : [code]).problems;
  }
}
