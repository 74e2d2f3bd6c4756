import { Int, ObjectType } from '@nestjs/graphql';
import { Property } from '../api/property.decorator.ts';
import { Element } from './element.model.ts';

@ObjectType({ description: 'Elements by CSS selector.' })
export class Selection {
  @Property(() => String, { description: 'The selector, as asked.', example: 'h1' })
  selector!: string;

  @Property(() => Int, { description: 'How many there are, before `limit` and `offset`.', example: 1 })
  total!: number;

  @Property(() => [Element], { description: 'The elements, in document order.' })
  elements!: Element[];
}
