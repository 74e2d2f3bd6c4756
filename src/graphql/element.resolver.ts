import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Element } from '../parse/element.model.ts';
import { attributeOf } from './element-attribute.ts';

@Resolver(() => Element)
export class ElementResolver {
  @ResolveField(() => String, { nullable: true, description: 'The value of an attribute; null where the element has none of this name.' })
  attribute(
    @Parent() element: Element,
    @Args('name', { description: 'Name of the attribute, letter case ignored.' }) name: string,
  ): string | null {
    return attributeOf(element, name);
  }
}
