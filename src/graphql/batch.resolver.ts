import { Args, Context, ID, Info, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { PageArgs } from '../api/page.args.ts';
import { BatchResultsOptions, CreateBatchArgs } from '../batches/batch.args.ts';
import { Batch, Batches, BatchRemoval, BatchResults } from '../batches/batch.model.ts';
import { BatchesService } from '../batches/batches.service.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import { type OperationContext, sized } from './operation.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';

const ID_OF_BATCH = { type: () => ID, description: 'The id of a batch. Example: `"p7Yf3v0bq1yQ8o2JmVwQ1g"`.' };

@Resolver(() => Batch)
export class BatchResolver {
  constructor(private readonly batches: BatchesService) {}

  @Query(() => Batch, { nullable: true, description: 'How a batch stands.' })
  batch(@Args('id', ID_OF_BATCH) id: string, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<Batch> {
    return operation.answer(repetitionOf(info), async () => sized(await this.batches.answers.find(id, currentOwner())));
  }

  @Query(() => Batches, {
    name: 'batches',
    nullable: true,
    description: 'The batches, newest first. With API keys, those of the key that asks.',
  })
  list(@Args() args: PageArgs, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<object> {
    return operation.answer(repetitionOf(info), async () => {
      const { total, batches } = await this.batches.list(args, currentOwner(), null);
      return sized(unhurried({ total, batches }));
    });
  }

  @ResolveField(() => BatchResults, { nullable: true, description: 'Its results that are there by now.' })
  results(
    @Parent() batch: Batch,
    @Args() wanted: BatchResultsOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return operation.answer(repetitionOf(info), async () => {
      const json = await this.batches.answers.results(batch.id, currentOwner(), wanted, null);
      return { value: unhurried(JSON.parse(json) as object), bytes: json.length };
    });
  }

  @Mutation(() => Batch, { description: 'Takes up to 10,000 URLs on, to be retrieved and read in the background.' })
  createBatch(@Args() args: CreateBatchArgs): Promise<Batch> {
    return this.batches.create(args, currentOwner());
  }

  @Mutation(() => BatchRemoval, { description: 'Ends a batch that is not finished; deletes one that is, with all its results.' })
  cancelBatch(@Args('id', ID_OF_BATCH) id: string): Promise<BatchRemoval> {
    return this.batches.remove(id, currentOwner());
  }
}
