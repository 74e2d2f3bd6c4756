import { ID, Int, ObjectType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { Json } from '../api/json.model.ts';
import { ListFacts, NextUrl } from '../api/list.model.ts';
import { Property } from '../api/property.decorator.ts';

export const DeliveryState = enumeration(
  'DeliveryState',
  {
    pending: 'It is still to be tried, or is being tried.',
    delivered: 'It was answered with a status from 200 to 299.',
    failed: 'It was tried as often as it is, or its receiver wants nothing any more (410).',
  },
  'How a delivery stands.',
);
export type DeliveryState = (typeof DeliveryState)[keyof typeof DeliveryState];

@ObjectType('Webhook', { description: 'Where it is told what becomes of something.' })
export class WebhookAnswer {
  @Property(() => ID, { description: 'Id of the webhook.', example: 'p7Yf3v0bq1yQ8o2JmVwQ1g' })
  id!: string;

  @Property(() => String, { description: 'Where events are posted to.', example: 'https://example.com/hook' })
  url!: string;

  @Property(() => [String], { description: 'The types that are wanted; null for all.', nullable: true, example: ['batch.completed'] })
  events!: string[] | null;

  @Property(() => String, {
    description: 'What signs them; told once, in the answer to the request that made it, and null ever after.',
    nullable: true,
    example: null,
  })
  secret!: string | null;

  @Property(() => String, {
    description: 'Until when secrets that were replaced sign beside the one that came in their place; null where none does.',
    nullable: true,
    format: 'date-time',
    example: null,
  })
  previousSecretUntil!: string | null;

  @Property(() => String, {
    description:
      'Since when nothing is told there, since the receiver wants nothing any more (410); null where it does. A replay that is taken ends that.',
    nullable: true,
    format: 'date-time',
    example: null,
  })
  disabledAt!: string | null;
}

@ObjectType({ description: 'One attempt to deliver.' })
export class DeliveryAttempt {
  @Property(() => Int, { description: 'Which one, from 1. The last 50 are kept.', example: 1 })
  number!: number;

  @Property(() => String, { description: 'When it began, ISO 8601.', format: 'date-time', example: '2026-11-23T10:00:01.000Z' })
  startedAt!: string;

  @Property(() => Int, { description: 'Milliseconds that it took.', example: 21 })
  tookMs!: number;

  @Property(() => Int, { description: 'The status of the answer; null where there was none.', nullable: true, example: 204 })
  status!: number | null;

  @Property(() => String, { description: 'The code of the problem, where there was no answer; else null.', nullable: true, example: null })
  code!: string | null;

  @Property(() => String, { description: 'What went wrong, in words; null where nothing did.', nullable: true, example: null })
  detail!: string | null;

  @Property(() => String, {
    description: 'How the content of the answer begins, 500 characters at most; null where it has none, or more than 16 KiB.',
    nullable: true,
    example: null,
  })
  answer!: string | null;
}

@ObjectType({ description: 'Something that happened, on its way to a webhook.' })
export class Delivery {
  @Property(() => ID, {
    description: 'What its receiver is told as `webhook-id`, the same in each attempt.',
    example: 'msg_p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  id!: string;

  @Property(() => ID, { description: 'The id of what it tells of, such as a batch.', example: 'p7Yf3v0bq1yQ8o2JmVwQ1g' })
  of!: string;

  @Property(() => ID, { description: 'The id of the webhook.', example: 'q7Yf3v0bq1yQ8o2JmVwQ1g' })
  webhook!: string;

  @Property(() => String, { description: 'Where it is posted to.', example: 'https://example.com/hook' })
  url!: string;

  @Property(() => String, { description: 'What happened.', example: 'batch.completed' })
  type!: string;

  @Property(() => DeliveryState, { description: 'How it stands.', example: 'delivered' })
  state!: DeliveryState;

  @Property(() => String, { description: 'When it happened, ISO 8601.', format: 'date-time', example: '2026-11-23T10:00:01.000Z' })
  createdAt!: string;

  @Property(() => String, {
    description: 'When it is tried next; null where it is not.',
    nullable: true,
    format: 'date-time',
    example: null,
  })
  nextAttemptAt!: string | null;

  @Property(() => String, {
    description: 'When it was delivered, or given up; null before.',
    nullable: true,
    format: 'date-time',
    example: '2026-11-23T10:00:01.021Z',
  })
  finishedAt!: string | null;

  @Property(() => [DeliveryAttempt], { description: 'The attempts so far.' })
  attempts!: DeliveryAttempt[];

  @Property(() => Json, {
    description: 'What is posted.',
    example: {
      type: 'batch.completed',
      timestamp: '2026-11-23T10:00:01.000Z',
      data: { id: 'p7Yf3v0bq1yQ8o2JmVwQ1g', results: '/batches/p7Yf3v0bq1yQ8o2JmVwQ1g/results' },
    },
  })
  body!: object;
}

@ObjectType('Deliveries', { description: 'Deliveries, newest first.' })
export class Deliveries extends ListFacts {
  @Property(() => [Delivery], { description: 'The deliveries.' })
  deliveries!: Delivery[];
}

export class DeliveriesAnswer extends IntersectionType(Deliveries, NextUrl) {}
