import { Int, ObjectType } from '@nestjs/graphql';
import { Json } from '../api/json.model.ts';
import { Property } from '../api/property.decorator.ts';
import { Element } from './element.model.ts';

@ObjectType({ description: 'Elements by CSS selector, or what an XPath expression gives.' })
export class Selection {
  @Property(() => String, { nullable: true, description: 'The selector, as asked; null where an XPath was.', example: 'h1' })
  selector!: string | null;

  @Property(() => String, { nullable: true, description: 'The XPath expression, as asked; null where a selector was.', example: null })
  xpath!: string | null;

  @Property(() => Int, { description: 'How many items there are, elements and values, before `limit` and `offset`.', example: 1 })
  total!: number;

  @Property(() => [Element], { description: 'The elements: in document order, of an XPath in the order that it gives them.' })
  elements!: Element[];

  @Property(() => [Json], {
    description:
      'With `attr`, its value in each of the elements. Of an XPath what it gives besides elements: the text of attributes and text nodes, strings, numbers (`NaN`, `INF` and `-INF` as text) and booleans. Otherwise none.',
    example: [],
  })
  values!: (string | number | boolean)[];
}
