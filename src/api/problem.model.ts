import { Int, ObjectType } from '@nestjs/graphql';
import { ApiProperty } from '@nestjs/swagger';
import { enumeration } from './enumeration.ts';
import type { Phase, ProblemCode } from './problem.ts';
import { PROBLEM_MEANINGS } from './problem-meanings.ts';
import { Property } from './property.decorator.ts';

const PhaseName = enumeration<Phase>(
  'Phase',
  {
    dns: 'Resolving the name.',
    tcp: 'Connecting.',
    tls: 'Agreeing on TLS.',
    request: 'Sending the request.',
    firstByte: 'Waiting for the response, and reading its head.',
    download: 'Reading the content.',
    decode: 'Undoing its content codings.',
    parse: 'Reading the document.',
  },
  'The part of a retrieval or of a reading in which it failed.',
);
export const ProblemCodeName = enumeration('ProblemCode', PROBLEM_MEANINGS, 'The stable name of a cause.');

@ObjectType({ description: 'A parameter and what is wrong with it.' })
export class ProblemParameter {
  @Property(() => String, { description: 'Name of the parameter.', example: 'limit' })
  parameter!: string;

  @Property(() => String, { description: 'What is wrong with it.', example: 'must be a whole number from 1 to 100000' })
  message!: string;
}

@ObjectType({ description: 'Why there is no answer (RFC 9457).' })
export class Problem {
  @Property(() => String, { description: 'A page that explains the code.', example: '/problems/TARGET_TIMEOUT' })
  type!: string;

  @Property(() => String, { description: 'The code in words.', example: 'Target timed out' })
  title!: string;

  @Property(() => Int, { description: 'HTTP status of the answer.', example: 504 })
  status!: number;

  @Property(() => String, {
    description: 'What failed, on what, and what to do.',
    example: 'no answer within 1000 ms (firstByte): http://example.com/',
  })
  detail!: string;

  @Property(() => ProblemCodeName, { description: 'The stable name of the cause.', example: 'TARGET_TIMEOUT' })
  code!: ProblemCode;

  @Property(() => String, { description: 'Target URL, as asked.', nullable: true, example: 'http://example.com/' })
  url!: string | null;

  @Property(() => PhaseName, { description: 'The phase that failed.', nullable: true, example: 'firstByte' })
  phase!: Phase | null;

  @Property(() => Boolean, { description: 'The same request may succeed later.', example: true })
  retryable!: boolean;

  @Property(() => String, { description: 'Id of the request, as in `X-Request-Id` and in the log.', example: 'lq3vJ0c1T7y2' })
  requestId!: string;

  @Property(() => [ProblemParameter], { description: 'The parameters that are wrong.', example: [] })
  errors!: ProblemParameter[];

  // Named, not imported: what an exchange is belongs to fetch, which this folder does not know. In the graph see compare.resolver.ts.
  @ApiProperty({
    type: 'array',
    items: { $ref: '#/components/schemas/Exchange' },
    description: 'The exchanges that did succeed before it failed, in order. None where policy forbids the target.',
    example: [],
    required: true,
  })
  exchanges!: readonly object[];
}
