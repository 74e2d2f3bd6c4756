import { applyDecorators } from '@nestjs/common';
import * as graph from '@nestjs/graphql';
import { ArgsType, InputType } from '@nestjs/graphql';
import { IntersectionType, PickType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, ValidateNested } from 'class-validator';
import { BodyMember } from '../api/body-member.decorator.ts';
import { FieldsOf } from '../api/fields.args.ts';
import { NestedParameter } from '../api/nested-parameter.decorator.ts';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import { BatchViews, GraphBatchViews } from '../batches/batch.args.ts';
import { WebhookArgument, WebhookBody, WebhookMember } from '../webhooks/webhook.args.ts';
import type { Operator } from './assertion.ts';
import { AssertionOperator, Watch, WatchChangesAnswer, WatchesAnswer, WatchRunsAnswer } from './watch.model.ts';

/** Assertions of one watch. */
const MAX_ASSERTIONS = 50;

/** Numbers and booleans are as good as their text. */
function asText(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value));
}

@InputType('WatchAssertionInput', { description: 'What is to hold of a page.' })
export class AssertionBody {
  @Parameter({
    type: 'string',
    maxLength: 500,
    required: true,
    description:
      'Which value, dotted: `status`, `finalUrl`, `mediaType`, `encoding`, `bytes`, `headers.server`, `certificate.daysLeft`, or of a view, as `extract.data.price`, `wordCount.total`.',
    example: 'extract.data.price',
  })
  path!: string;

  @Parameter({ type: AssertionOperator, required: true, description: 'How it is held against `value`.', example: 'less' })
  op!: Operator;

  @asText()
  @Parameter({
    type: 'string',
    maxLength: 1000,
    allowEmpty: true,
    description: 'What it is held against, as text; in JSON a number or a boolean, too.',
    example: '10',
  })
  value?: string;
}

function areAssertions(): PropertyDecorator {
  return applyDecorators(
    BodyMember({
      type: () => [AssertionBody],
      description: 'What is to hold of the page. It is told when one of them fails, and when it holds again.',
      maxItems: MAX_ASSERTIONS,
      required: false,
    }),
    ValidateNested({ each: true }),
    Type(() => AssertionBody),
    ArrayMaxSize(MAX_ASSERTIONS, { message: `must be at most ${String(MAX_ASSERTIONS)}` }),
    IsArray({ message: 'must be a list of {"path", "op", "value"}' }),
    IsOptional(),
  );
}

const EVERY =
  'Time from one run to the next: a number of seconds, or an ISO 8601 duration of weeks, days, hours, minutes and seconds. Exactly one of `every` and `cron` is given.';
const CRON = 'When it runs, in five fields: minute, hour, day of month, month, day of week.';
const ZONE = 'The time zone of `cron`, by its name.';
const JITTER = 'Seconds by which each run may be later, by chance.';
const CONFIRM = 'Runs in a row in which something must be seen before it is told. What is seen first is looked at again within a minute.';

/** When a watch runs. */
@ArgsType()
class WatchSchedule {
  @asText()
  @Parameter({ type: 'string', maxLength: 50, description: EVERY, example: 'PT1H' })
  every?: string;

  @Parameter({ type: 'string', maxLength: 200, description: CRON, example: '0 8 * * 1-5' })
  cron?: string;

  @Parameter({ type: 'string', maxLength: 100, description: `${ZONE} UTC unless given.`, example: 'Europe/Berlin' })
  timezone?: string;

  @Parameter({ type: 'integer', minimum: 0, maximum: 86_400, description: `${JITTER} None unless given.`, example: 30 })
  jitterS?: number;
}

/** What is compared of a page. */
@ArgsType()
class WatchAttention {
  @Parameter({
    type: 'string',
    required: true,
    description: 'The page: an absolute URL, http or https.',
    example: 'http://example.com/page1.htm',
  })
  url!: string;

  @Parameter({ type: 'list', maxItems: 50, default: [], description: 'Names of header fields that are compared.', example: ['server'] })
  headers: string[] = [];

  @Parameter({
    type: 'boolean',
    description: 'Compares the content as a whole, by a digest. Unless given: where no view is asked for.',
    example: true,
  })
  body?: boolean;

  @Parameter({
    type: 'list',
    maxItems: 50,
    default: [],
    description: 'CSS selectors of elements that are left out before the page is read.',
    example: ['.clock', '#ads'],
  })
  ignore: string[] = [];

  @Parameter({ type: 'integer', minimum: 1, maximum: 10, default: 1, description: CONFIRM, example: 2 })
  confirm = 1;
}

const RETRIEVAL = ['timeoutMs', 'maxBytes', 'maxRedirects', 'insecureTls', 'encoding', 'userAgent', 'acceptLanguage'] as const;
const VIEWS = 'What is read off the page and compared: the views by their names, each with the options of its endpoint.';
const WEBHOOK =
  'Where it is told what happens: `watch.changed`, `watch.failed`, `watch.recovered`, `watch.assertion.failed`, `watch.assertion.recovered`.';

/** What begins a watch. */
export class WatchBody extends IntersectionType(WatchAttention, WatchSchedule, PickType(TargetArgs, RETRIEVAL)) {
  @NestedParameter(BatchViews, 'rest', { description: VIEWS, example: { extract: { shape: { title: 'h1' } } } })
  views?: BatchViews;

  @areAssertions()
  assert?: AssertionBody[];

  @WebhookMember(WEBHOOK)
  webhook?: WebhookBody;
}

/** The same as arguments of the graph. */
@ArgsType()
export class CreateWatchArgs extends graph.IntersectionType(
  graph.IntersectionType(WatchAttention, WatchSchedule, ArgsType),
  graph.PickType(TargetArgs, RETRIEVAL, ArgsType),
  ArgsType,
) {
  @NestedParameter(GraphBatchViews, 'graph', { description: VIEWS })
  views?: GraphBatchViews;

  @areAssertions()
  assert?: AssertionBody[];

  @WebhookArgument(WEBHOOK)
  webhook?: WebhookBody;
}

/** What may be changed of a watch besides its schedule. */
@ArgsType()
class WatchAdjustment {
  @Parameter({ type: 'boolean', description: 'Pauses it, or has it go on.', example: true })
  paused?: boolean;

  @Parameter({ type: 'integer', minimum: 1, maximum: 10, description: CONFIRM, example: 2 })
  confirm?: number;
}

/** What may be changed of a watch. */
export class WatchUpdate extends IntersectionType(WatchSchedule, WatchAdjustment) {}
/** The same for the graph. */
@ArgsType()
export class UpdateWatchArgs extends graph.IntersectionType(WatchSchedule, WatchAdjustment, ArgsType) {
  @graph.Field(() => graph.ID, { description: 'The id of a watch. Example: `"p7Yf3v0bq1yQ8o2JmVwQ1g"`.' })
  @IsString({ message: 'must be text' })
  id!: string;
}

/** Which watch is meant. */
export class WatchPath {
  @Parameter({ type: 'string', maxLength: 64, required: true, description: 'The id of a watch.', example: 'p7Yf3v0bq1yQ8o2JmVwQ1g' })
  id!: string;
}

/** Whether to wait for a run. */
export class WatchWaitArgs {
  @Parameter({ type: 'integer', minimum: 0, maximum: 60, default: 0, description: 'Seconds to wait for the run, at most.', example: 30 })
  wait = 0;
}

export class WatchArgs extends FieldsOf(Watch, ['state', 'lastRun.state']) {}
export class WatchesArgs extends IntersectionType(PageArgs, FieldsOf(WatchesAnswer, ['total', 'watches.url'])) {}
export class WatchRunsArgs extends IntersectionType(PageArgs, FieldsOf(WatchRunsAnswer, ['total', 'runs.state'])) {}
export class WatchChangesArgs extends IntersectionType(PageArgs, FieldsOf(WatchChangesAnswer, ['total', 'changes.path'])) {}

/** From which event on. */
export class WatchEventsArgs {
  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: 2_147_483_647,
    default: 0,
    description: 'Events to pass over: the id of the last that is known. The `Last-Event-ID` field says the same, and wins.',
    example: 0,
  })
  after = 0;

  @Parameter({ type: 'boolean', default: true, description: 'Goes on with what happens; else it ends with what is there.', example: false })
  follow = true;
}
