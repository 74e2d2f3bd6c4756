import { Int, ObjectType } from '@nestjs/graphql';
import { enumeration } from '../api/enumeration.ts';
import { Json } from '../api/json.model.ts';
import { Property } from '../api/property.decorator.ts';

export const MissReason = enumeration(
  'MissReason',
  {
    'no-match': 'The selector finds nothing.',
    'no-attribute': 'What it finds lacks the attribute.',
    'no-capture': 'The regular expression of `match` does not match.',
    'no-number': 'There is no number, or more than one, or one that JSON cannot hold.',
    'no-date': 'It is no calendar date of RFC 3339 or RFC 5322.',
    'no-url': 'It is no URL.',
    'no-boolean': 'It is none of the words for true and false.',
    'left-out': 'A record, or an entry of a list, lacks what is required: it is left out.',
    failed: 'The XPath expression fails on this page.',
  },
  'Why there is no value.',
);
export type MissReason = (typeof MissReason)[keyof typeof MissReason];

@ObjectType({ description: 'A value that the page does not have.' })
export class Miss {
  @Property(() => String, { description: 'Where in `data` it is missing: a JSON Pointer (RFC 6901).', example: '/items/0/price' })
  pointer!: string;

  @Property(() => MissReason, { description: 'Why.', example: 'no-number' })
  reason!: MissReason;

  @Property(() => String, { description: 'The same in words, with what was found.', example: '"sold out" has no number in it' })
  message!: string;
}

@ObjectType({ description: 'A shape, filled from a page.' })
export class Extraction {
  @Property(() => Json, {
    nullable: true,
    description: 'The shape with its values. What is missing is null.',
    example: { title: 'Offers', items: [{ name: 'Kettle', price: null }] },
  })
  data!: unknown;

  @Property(() => Int, { description: 'How many values the page does not have, and lists for which it has nothing.', example: 1 })
  missed!: number;

  @Property(() => [Miss], { description: 'The first 100 of them, and why.' })
  misses!: Miss[];
}
