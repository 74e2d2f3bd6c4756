import { Int, ObjectType } from '@nestjs/graphql';
import { Property } from './property.decorator.ts';

/** What a list of what is kept says beside its entries. */
@ObjectType({ isAbstract: true })
export class ListFacts {
  @Property(() => Int, { description: 'How many there are in all, now.', example: 1 })
  total!: number;
}

/** Of REST alone: the graph has offsets. */
export class NextUrl {
  @Property(() => String, {
    description: 'Where the next entries are, an absolute URL; null when there are none.',
    nullable: true,
    example: null,
  })
  next!: string | null;
}
