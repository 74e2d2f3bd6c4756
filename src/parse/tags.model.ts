import { Int, ObjectType } from '@nestjs/graphql';
import { Property } from '../api/property.decorator.ts';
import { Element } from './element.model.ts';

@ObjectType({ description: 'Elements by local name.' })
export class Tags {
  @Property(() => Int, { description: 'How many there are, before `limit` and `offset`.', example: 1 })
  total!: number;

  @Property(() => [Element], { description: 'The elements, in document order.' })
  tags!: Element[];
}
