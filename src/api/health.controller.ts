import { Controller } from '@nestjs/common';
import { ObjectType } from '@nestjs/graphql';
import { ApiTags } from '@nestjs/swagger';
import { AnswersGet } from './answer.decorator.ts';
import { type DatabaseHealth, DatabaseState } from './database-state.ts';
import { enumeration } from './enumeration.ts';
import { ProblemError } from './problem.ts';
import { Property } from './property.decorator.ts';
import { Readiness } from './readiness.ts';

const Database = enumeration<DatabaseHealth>(
  'DatabaseHealth',
  {
    unused: 'Nobody has needed it since this process started.',
    ok: 'It answered when it was last asked.',
    unavailable: 'It did not; it is tried again.',
  },
  'How the database of jobs is.',
);

@ObjectType({ description: 'What a probe is told.' })
export class Health {
  @Property(() => String, { description: '`ok`; when it is not, the answer is a problem instead.', example: 'ok' })
  status!: string;
}

@ObjectType({ description: 'What a probe is told of a process that takes work.' })
export class Ready extends Health {
  @Property(() => Database, {
    description: 'The database of jobs. Nothing but jobs depends on it: all else is answered without it.',
    example: 'ok',
  })
  database!: DatabaseHealth;
}

@ApiTags('Probes')
@Controller('health')
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly database: DatabaseState,
  ) {}

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
    type: Ready,
    summary: 'Does the process take work?',
    description: 'A 503 problem once the process was told to stop. Says of the database of jobs how it is.',
    name: 'getHealthReady',
  })
  ready(): Ready {
    if (!this.readiness.isReady) throw new ProblemError('OVERLOADED', 'this process is stopping: ask another one', { retryAfterS: 1 });
    return { status: 'ok', database: this.database.health };
  }
}
