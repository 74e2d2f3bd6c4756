import { Context, Extensions, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { ProblemError } from '../api/problem.ts';
import { TargetArgs } from '../api/target.args.ts';
import { Link } from '../parse/links.model.ts';
import type { OperationContext } from './operation.ts';
import { Page } from './page.model.ts';
import { sizedPage } from './page-of.ts';
import { repetitionOf } from './repetition.ts';

@Resolver(() => Link)
export class LinkResolver {
  @Extensions({ needs: ['url', 'followed'] })
  @ResolveField(() => Page, {
    nullable: true,
    description: 'The page that the link leads to: follows it. Null for a link that no retrieval can follow.',
  })
  async page(@Parent() link: Link, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<Page | null> {
    if (link.url === null || !/^https?:/.test(link.url)) return null;
    const { username, password } = new URL(link.url);
    if (username !== '' || password !== '')
      throw new ProblemError('TARGET_FORBIDDEN', `a link with a user name in it is not followed: ${link.url}`);
    const target = operation.followed(new TargetArgs(), link.url, info.path);
    return operation.answer(repetitionOf(info), async () => sizedPage(await operation.retrieve(target, info.path), target));
  }
}
