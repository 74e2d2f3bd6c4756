import { Context, Extensions, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { TargetArgs } from '../api/target.args.ts';
import { Link } from '../parse/links.model.ts';
import type { OperationContext } from './operation.ts';
import { Page } from './page.model.ts';
import { sizedPage, targetOf } from './page-of.ts';
import { repetitionOf } from './repetition.ts';

@Resolver(() => Link)
export class LinkResolver {
  @Extensions({ needs: ['url', 'followed'] })
  @ResolveField(() => Page, {
    nullable: true,
    description: 'The page that the link leads to: follows it. Null for a link that no retrieval can follow.',
  })
  async page(@Parent() link: Link, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<Page | null> {
    const target = targetOf(link.url, operation.preset(info.path) ?? new TargetArgs());
    if (target === null) return null;
    return operation.answer(repetitionOf(info), async () => sizedPage(await operation.retrieve(target, info.path), target));
  }
}
