import { Args, Context, ID, Info, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { PageArgs } from '../api/page.args.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import { CreateWatchArgs, UpdateWatchArgs } from '../watches/watch.args.ts';
import { Watch, WatchChanges, Watches, WatchRuns } from '../watches/watch.model.ts';
import { WatchesService } from '../watches/watches.service.ts';
import { type OperationContext, sized } from './operation.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';

const ID_OF_WATCH = { type: () => ID, description: 'The id of a watch. Example: `"p7Yf3v0bq1yQ8o2JmVwQ1g"`.' };

@Resolver(() => Watch)
export class WatchResolver {
  constructor(private readonly watches: WatchesService) {}

  @Query(() => Watch, { nullable: true, description: 'How a watch stands.' })
  watch(@Args('id', ID_OF_WATCH) id: string, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<Watch> {
    return operation.answer(repetitionOf(info), async () => sized(await this.watches.find(id, currentOwner())));
  }

  @Query(() => Watches, {
    name: 'watches',
    nullable: true,
    description: 'The watches, newest first. With API keys, those of the key that asks.',
  })
  list(@Args() args: PageArgs, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<object> {
    return operation.answer(repetitionOf(info), async () => {
      const { total, watches } = await this.watches.list(args, currentOwner(), null);
      return sized(unhurried({ total, watches }));
    });
  }

  @ResolveField(() => WatchRuns, { nullable: true, description: 'Its runs, newest first.' })
  runs(
    @Parent() { id }: Watch,
    @Args() args: PageArgs,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return operation.answer(repetitionOf(info), async () => {
      const { total, runs } = await this.watches.runs(id, args, currentOwner(), null);
      return sized(unhurried({ total, runs }));
    });
  }

  @ResolveField(() => WatchChanges, { nullable: true, description: 'What has changed on its page, newest first.' })
  changes(
    @Parent() { id }: Watch,
    @Args() args: PageArgs,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return operation.answer(repetitionOf(info), async () => {
      const { total, changes } = await this.watches.changes(id, args, currentOwner(), null);
      return sized(unhurried({ total, changes }));
    });
  }

  @Mutation(() => Watch, { description: 'Looks at a page now and by its schedule, and tells what changes on it.' })
  createWatch(@Args() args: CreateWatchArgs): Promise<Watch> {
    return this.watches.create(args, currentOwner());
  }

  @Mutation(() => Watch, { description: 'Pauses a watch or has it go on, and changes when it runs and how sure it must be.' })
  updateWatch(@Args() { id, ...args }: UpdateWatchArgs): Promise<Watch> {
    return this.watches.update(id, args, currentOwner());
  }

  @Mutation(() => Watch, { description: 'Looks at the page of a watch now, whatever its schedule says.' })
  runWatch(@Args('id', ID_OF_WATCH) id: string): Promise<Watch> {
    return this.watches.run(id, currentOwner(), 0);
  }

  @Mutation(() => Watch, { description: 'Deletes a watch with all that is kept of it; answers it as it stood.' })
  deleteWatch(@Args('id', ID_OF_WATCH) id: string): Promise<Watch> {
    return this.watches.remove(id, currentOwner());
  }
}
