import { Args, Context, ID, Info, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { PageArgs } from '../api/page.args.ts';
import { BatchResultsOptions } from '../batches/batch.args.ts';
import { CreateCrawlArgs } from '../crawls/crawl.args.ts';
import { Crawl, CrawlRemoval, CrawlResults, Crawls } from '../crawls/crawl.model.ts';
import { CrawlsService } from '../crawls/crawls.service.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import { type OperationContext, sized } from './operation.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';

const ID_OF_CRAWL = { type: () => ID, description: 'The id of a crawl. Example: `"p7Yf3v0bq1yQ8o2JmVwQ1g"`.' };

@Resolver(() => Crawl)
export class CrawlResolver {
  constructor(private readonly crawls: CrawlsService) {}

  @Query(() => Crawl, { nullable: true, description: 'How a crawl stands.' })
  crawl(@Args('id', ID_OF_CRAWL) id: string, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<Crawl> {
    return operation.answer(repetitionOf(info), async () => sized(await this.crawls.answers.find(id, currentOwner())));
  }

  @Query(() => Crawls, {
    name: 'crawls',
    nullable: true,
    description: 'The crawls, newest first. With API keys, those of the key that asks.',
  })
  list(@Args() args: PageArgs, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<object> {
    return operation.answer(repetitionOf(info), async () => {
      const { total, crawls } = await this.crawls.list(args, currentOwner(), null);
      return sized(unhurried({ total, crawls }));
    });
  }

  @ResolveField(() => CrawlResults, { nullable: true, description: 'Its results that are there by now.' })
  results(
    @Parent() crawl: Crawl,
    @Args() wanted: BatchResultsOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return operation.answer(repetitionOf(info), async () => {
      const json = await this.crawls.answers.results(crawl.id, currentOwner(), wanted, null);
      return { value: unhurried(JSON.parse(json) as object), bytes: json.length };
    });
  }

  @Mutation(() => Crawl, { description: 'Takes a crawl on: a page and what it links to, retrieved and read in the background.' })
  createCrawl(@Args() args: CreateCrawlArgs): Promise<Crawl> {
    return this.crawls.create(args, currentOwner());
  }

  @Mutation(() => CrawlRemoval, { description: 'Ends a crawl that is not finished; deletes one that is, with all its results.' })
  cancelCrawl(@Args('id', ID_OF_CRAWL) id: string): Promise<CrawlRemoval> {
    return this.crawls.remove(id, currentOwner());
  }
}
