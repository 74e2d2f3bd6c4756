import { ID, Int, ObjectType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { Json } from '../api/json.model.ts';
import { ListFacts, NextUrl } from '../api/list.model.ts';
import { Property } from '../api/property.decorator.ts';
import { WebhookAnswer } from '../webhooks/webhook.model.ts';
import { OPERATORS, type Operator } from './assertion.ts';
import type { Judgement } from './judge.ts';

export const AssertionOperator = enumeration<Operator>('AssertionOperator', OPERATORS, 'How a value of a page is held against another.');

export const WatchState = enumeration(
  'WatchState',
  { active: 'It runs by its schedule.', paused: 'It does not run, unless it is asked to.' },
  'How a watch stands.',
);

export const RunState = enumeration<Judgement['state']>(
  'WatchRunState',
  {
    baseline: 'The first page, which later ones are compared with.',
    unchanged: 'Nothing has changed, as far as is believed.',
    changed: 'Something has changed.',
    failed: 'There is no page: it could not be retrieved, or not be read.',
  },
  'What a run found.',
);

export const ChangeKind = enumeration(
  'WatchChangeKind',
  { changed: 'A value is another.', added: 'Something is there that was not.', removed: 'Something that was there is gone.' },
  'What kind of a change it is.',
);

@ObjectType({ description: 'What is to hold of a page.' })
export class WatchAssertion {
  @Property(() => String, { description: 'Which value, dotted.', example: 'extract.data.price' })
  path!: string;

  @Property(() => AssertionOperator, { description: 'How it is held against `value`.', example: 'less' })
  op!: Operator;

  @Property(() => String, { description: 'What it is held against, as text; null where nothing is.', nullable: true, example: '10' })
  value!: string | null;
}

@ObjectType({ description: 'One look at a page.' })
export class WatchRun {
  @Property(() => Int, { description: 'Which one, from 1.', example: 2 })
  number!: number;

  @Property(() => String, { description: 'When it began, ISO 8601.', format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  startedAt!: string;

  @Property(() => Int, { description: 'Milliseconds that it took.', example: 120 })
  tookMs!: number;

  @Property(() => Boolean, {
    description: 'Somebody asked for it; else it was due by its schedule, or to confirm what the last one saw.',
    example: false,
  })
  isAsked!: boolean;

  @Property(() => RunState, { description: 'What it found.', example: 'changed' })
  state!: Judgement['state'];

  @Property(() => ID, {
    description: 'Id of the snapshot; null where nothing was retrieved.',
    nullable: true,
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  snapshot!: string | null;

  @Property(() => Int, { description: 'Status code of the final response; null where there is none.', nullable: true, example: 200 })
  status!: number | null;

  @Property(() => String, { description: 'The code of the problem, where there is no page; else null.', nullable: true, example: null })
  code!: string | null;

  @Property(() => String, { description: 'The problem in words; null where there is none.', nullable: true, example: null })
  detail!: string | null;

  @Property(() => Int, { description: 'Changes that it found.', example: 1 })
  changes!: number;

  @Property(() => [WatchAssertion], { description: 'Assertions that did not hold.', example: [] })
  failed!: WatchAssertion[];
}

@ObjectType({ description: 'Something that has changed on a page.' })
export class WatchChange {
  @Property(() => Int, { description: 'The run that found it.', example: 2 })
  run!: number;

  @Property(() => ChangeKind, { description: 'What kind of a change it is.', example: 'changed' })
  kind!: (typeof ChangeKind)[keyof typeof ChangeKind];

  @Property(() => String, {
    description:
      'Which value: `status`, `headers.server`, `extract.data.price`, `links.links[https://example.com/].text`; of an entry of a list the list.',
    example: 'extract.data.price',
  })
  path!: string;

  @Property(() => Json, { description: 'What it was; null of what was added.', nullable: true, example: '10.00' })
  before!: unknown;

  @Property(() => Json, { description: 'What it is; null of what was removed.', nullable: true, example: '9.50' })
  after!: unknown;

  @Property(() => ID, { description: 'Id of the last snapshot without it.', example: 'p7Yf3v0bq1yQ8o2JmVwQ1g' })
  beforeSnapshot!: string;

  @Property(() => String, { description: 'When that was retrieved, ISO 8601.', format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  beforeFetchedAt!: string;

  @Property(() => ID, { description: 'Id of the first snapshot with it.', example: 'q7Yf3v0bq1yQ8o2JmVwQ1g' })
  afterSnapshot!: string;

  @Property(() => String, { description: 'When that was retrieved, ISO 8601.', format: 'date-time', example: '2026-11-23T11:00:00.000Z' })
  afterFetchedAt!: string;
}

@ObjectType({ description: 'How often what has happened.' })
export class WatchTotals {
  @Property(() => Int, { description: 'Runs.', example: 2 })
  runs!: number;

  @Property(() => Int, { description: 'Changes.', example: 1 })
  changes!: number;

  @Property(() => Int, { description: 'Events.', example: 1 })
  events!: number;
}

@ObjectType({ description: 'A page that is retrieved again and again, to see what changes.' })
export class Watch {
  @Property(() => ID, { description: 'Id of the watch.', example: 'p7Yf3v0bq1yQ8o2JmVwQ1g' })
  id!: string;

  @Property(() => String, { description: 'The page.', example: 'http://example.com/page1.htm' })
  url!: string;

  @Property(() => WatchState, { description: 'How it stands.', example: 'active' })
  state!: (typeof WatchState)[keyof typeof WatchState];

  @Property(() => Int, { description: 'Seconds from one run to the next; null where `cron` says it.', nullable: true, example: 3600 })
  everyS!: number | null;

  @Property(() => String, { description: 'When it runs; null where `everyS` says it.', nullable: true, example: null })
  cron!: string | null;

  @Property(() => String, { description: 'The time zone of `cron`; null without it.', nullable: true, example: null })
  timezone!: string | null;

  @Property(() => Int, { description: 'Seconds by which a run may be later, by chance.', example: 0 })
  jitterS!: number;

  @Property(() => [String], { description: 'The views that are compared.', example: ['extract'] })
  views!: string[];

  @Property(() => [String], { description: 'The header fields that are compared.', example: ['server'] })
  headers!: string[];

  @Property(() => Boolean, { description: 'The content is compared as a whole.', example: false })
  body!: boolean;

  @Property(() => [String], { description: 'CSS selectors of elements that are left out.', example: [] })
  ignore!: string[];

  @Property(() => [WatchAssertion], { description: 'What is to hold.' })
  assertions!: WatchAssertion[];

  @Property(() => Int, { description: 'Runs in a row in which something must be seen.', example: 1 })
  confirm!: number;

  @Property(() => String, { description: 'When it was begun, ISO 8601.', format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  createdAt!: string;

  @Property(() => String, {
    description: 'When it runs next; null while it is paused.',
    nullable: true,
    format: 'date-time',
    example: '2026-11-23T11:00:00.000Z',
  })
  nextRunAt!: string | null;

  @Property(() => WatchTotals, { description: 'How often what has happened.' })
  totals!: WatchTotals;

  @Property(() => WatchRun, { description: 'The last run; null before the first.', nullable: true })
  lastRun!: WatchRun | null;

  @Property(() => WebhookAnswer, { description: 'Where it is told what happens; null where nobody wants to hear it.', nullable: true })
  webhook!: WebhookAnswer | null;
}

@ObjectType('Watches', { description: 'Watches, newest first.' })
export class Watches extends ListFacts {
  @Property(() => [Watch], { description: 'The watches.' })
  watches!: Watch[];
}

@ObjectType('WatchRuns', { description: 'Runs, newest first.' })
export class WatchRuns extends ListFacts {
  @Property(() => [WatchRun], { description: 'The runs.' })
  runs!: WatchRun[];
}

@ObjectType('WatchChanges', { description: 'Changes, newest first.' })
export class WatchChanges extends ListFacts {
  @Property(() => [WatchChange], { description: 'The changes.' })
  changes!: WatchChange[];
}

export class WatchesAnswer extends IntersectionType(Watches, NextUrl) {}
export class WatchRunsAnswer extends IntersectionType(WatchRuns, NextUrl) {}
export class WatchChangesAnswer extends IntersectionType(WatchChanges, NextUrl) {}
