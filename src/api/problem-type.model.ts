import { Int, ObjectType } from '@nestjs/graphql';
import type { ProblemCode } from './problem.ts';
import { Problem, ProblemCodeName } from './problem.model.ts';
import { Property } from './property.decorator.ts';

@ObjectType({ description: 'What a code means, why it happens, and what to do about it.' })
export class ProblemType {
  @Property(() => ProblemCodeName, { description: 'The stable name of the cause.', example: 'TARGET_TIMEOUT' })
  code!: ProblemCode;

  @Property(() => String, { description: 'Where this is told: the `type` of such problems.', example: '/problems/TARGET_TIMEOUT' })
  type!: string;

  @Property(() => String, { description: 'The code in words.', example: 'Target timed out' })
  title!: string;

  @Property(() => Int, { description: 'HTTP status of such answers.', example: 504 })
  status!: number;

  @Property(() => Boolean, { description: 'The same request may succeed later.', example: true })
  retryable!: boolean;

  @Property(() => String, {
    description: 'What it means.',
    example: 'The target did not answer in time; phase says what it was busy with.',
  })
  meaning!: string;

  @Property(() => [String], { description: 'Why it happens.', example: ['The target is slow, or silent.'] })
  causes!: readonly string[];

  @Property(() => [String], { description: 'What to do.', example: ['Ask with a larger `timeoutMs`.'] })
  advice!: readonly string[];

  @Property(() => Problem, { description: 'One as callers meet it.' })
  example!: Problem;
}

@ObjectType({ description: 'All that may be answered instead of a result.' })
export class ProblemTypes {
  @Property(() => Int, { description: 'How many codes there are.', example: 29 })
  total!: number;

  @Property(() => [ProblemType], { description: 'Each of them, by status.' })
  problems!: ProblemType[];
}
