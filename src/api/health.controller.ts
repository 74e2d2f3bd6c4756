import { Controller } from '@nestjs/common';
import { ObjectType } from '@nestjs/graphql';
import { ApiTags } from '@nestjs/swagger';
import { AnswersGet } from './answer.decorator.ts';
import { ProblemError } from './problem.ts';
import { Property } from './property.decorator.ts';
import { Readiness } from './readiness.ts';

@ObjectType({ description: 'What a probe is told.' })
export class Health {
  @Property(() => String, { description: '`ok`; when it is not, the answer is a problem instead.', example: 'ok' })
  status!: string;
}

@ApiTags('Probes')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @AnswersGet('live', {
    type: Health,
    summary: 'Is the process alive?',
    description: 'Answers as long as the process can.',
    name: 'getHealthLive',
  })
  live(): Health {
    return { status: 'ok' };
  }

  @AnswersGet('ready', {
    type: Health,
    summary: 'Does the process take work?',
    description: 'A 503 problem once the process was told to stop.',
    name: 'getHealthReady',
  })
  ready(): Health {
    if (!this.readiness.isReady) throw new ProblemError('OVERLOADED', 'this process is stopping: ask another one', { retryAfterS: 1 });
    return { status: 'ok' };
  }
}
