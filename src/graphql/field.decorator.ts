import { Args, Context, Extensions, Info, Parent, ResolveField } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { FieldExtensions } from './asked-fields.ts';
import type { OperationContext } from './operation.ts';

/** A field of a type of the graph that takes arguments, or is made when it is asked for. */
export interface GraphField<Resolvers> {
  name: string;
  type: () => unknown;
  nullable?: boolean;
  description: string;
  /** The class of its arguments; none unless given. */
  options?: new () => object;
  extensions?: FieldExtensions;
  resolve: (this: Resolvers, parent: never, options: object, context: OperationContext, info: GraphQLResolveInfo) => unknown;
}

/** Class decorator: a table of fields in place of a method with six decorators for each. */
export function GraphFields<Resolvers>(fields: readonly GraphField<Resolvers>[]): ClassDecorator {
  return ({ prototype }) => {
    for (const field of fields) declare(prototype as object, field as GraphField<object>);
  };
}

function declare(prototype: object, { name, type, nullable = false, description, options, extensions, resolve }: GraphField<object>): void {
  const method: PropertyDescriptor = { value: resolve, configurable: true, writable: true };
  Object.defineProperty(prototype, name, method);
  Reflect.defineMetadata('design:paramtypes', [Object, options ?? Object, Object, Object], prototype, name);
  Parent()(prototype, name, 0);
  if (options !== undefined) Args()(prototype, name, 1);
  Context()(prototype, name, 2);
  Info()(prototype, name, 3);
  ResolveField(name, type as () => StringConstructor, { nullable, description })(prototype, name, method);
  if (extensions !== undefined) Extensions(extensions as Record<string, unknown>)(prototype, name);
}
