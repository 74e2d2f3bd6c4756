import { Resolver } from '@nestjs/graphql';
import { Element } from '../parse/element.model.ts';
import { Links } from '../parse/links.model.ts';
import { Selection } from '../parse/select.model.ts';
import { SelectOptions } from '../parse/select.args.ts';
import { AttributeOptions, ChildrenOptions, FollowableLinksOptions } from './element.args.ts';
import { type GraphField, GraphFields } from './field.decorator.ts';

/** They come with the element: see direct-resolvers.ts. */
function resolve(): never {
  throw new Error('this is answered where the document is');
}

/** What is worked out where the document is, by parse/element-graph.ts. */
const EXPLORED: readonly Omit<GraphField<ElementResolver>, 'resolve'>[] = [
  {
    name: 'attribute',
    type: () => String,
    nullable: true,
    options: AttributeOptions,
    description: 'The value of an attribute; null where the element has none of this name.',
  },
  {
    name: 'select',
    type: () => Selection,
    nullable: true,
    options: SelectOptions,
    description: 'What a CSS selector finds within the element (which is `:scope`), or an XPath expression that begins at it.',
  },
  { name: 'parent', type: () => Element, nullable: true, description: 'The element that it is a child of; null of the outermost.' },
  {
    name: 'children',
    type: () => [Element],
    options: ChildrenOptions,
    description: 'The elements that are its children; not those of a template.',
  },
  { name: 'next', type: () => Element, nullable: true, description: 'The element after it with the same parent; null of the last.' },
  { name: 'previous', type: () => Element, nullable: true, description: 'The element before it with the same parent; null of the first.' },
  {
    name: 'links',
    type: () => Links,
    nullable: true,
    options: FollowableLinksOptions,
    description: 'The links of the element and of what is within it, each as it is told of the whole document.',
  },
];

@GraphFields(EXPLORED.map((field) => ({ ...field, extensions: { explored: field.options ?? null }, resolve })))
@Resolver(() => Element)
export class ElementResolver {}
