import { Args, Context, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import {
  CrawlBrokenOptions,
  CrawlDuplicatesOptions,
  CrawlGraphOptions,
  CrawlLinksOptions,
  CrawlPagesOptions,
  CrawlRedirectsOptions,
} from '../crawls/crawl-graph.args.ts';
import { CrawlBroken, CrawlDuplicates, CrawlGraph, CrawlLinks, CrawlPages, CrawlRedirects } from '../crawls/crawl-graph.model.ts';
import { CrawlGraphService, type ListParts } from '../crawls/crawl-graph.service.ts';
import { Crawl } from '../crawls/crawl.model.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import { answerTooLarge } from '../tasks/answer-limit.ts';
import { type OperationContext, type Sized } from './operation.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';

/** Bytes of JSON that one field may have: more than an operation answers. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Who links to whom, as fields of a crawl. */
@Resolver(() => Crawl)
export class CrawlGraphResolver {
  constructor(private readonly graphs: CrawlGraphService) {}

  @ResolveField(() => CrawlPages, { nullable: true, description: 'Every URL that it knows, and how it is linked.' })
  pages(
    @Parent() { id }: Crawl,
    @Args() wanted: CrawlPagesOptions,
    @Context() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return listed('pages', () => this.graphs.pages(id, currentOwner(), wanted), context, info);
  }

  @ResolveField(() => CrawlLinks, { nullable: true, description: 'Which page links to which; by `to`, who links to a page.' })
  links(
    @Parent() { id }: Crawl,
    @Args() wanted: CrawlLinksOptions,
    @Context() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return listed('links', () => this.graphs.links(id, currentOwner(), wanted), context, info);
  }

  @ResolveField(() => CrawlBroken, { nullable: true, description: 'Pages that cannot be had, and who links there.' })
  broken(
    @Parent() { id }: Crawl,
    @Args() wanted: CrawlBrokenOptions,
    @Context() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return listed('broken', () => this.graphs.broken(id, currentOwner(), wanted), context, info);
  }

  @ResolveField(() => CrawlRedirects, { nullable: true, description: 'Pages that redirect, where that leads, and who links to them.' })
  redirects(
    @Parent() { id }: Crawl,
    @Args() wanted: CrawlRedirectsOptions,
    @Context() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return listed('redirects', () => this.graphs.redirects(id, currentOwner(), wanted), context, info);
  }

  @ResolveField(() => CrawlDuplicates, {
    nullable: true,
    description: 'Titles that several pages have, and pages that have none; or what several canonical links name.',
  })
  duplicates(
    @Parent() { id }: Crawl,
    @Args() wanted: CrawlDuplicatesOptions,
    @Context() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return listed('duplicates', () => this.graphs.duplicates(id, currentOwner(), wanted), context, info);
  }

  @ResolveField(() => CrawlGraph, {
    name: 'graph',
    nullable: true,
    description: 'Who links to whom: its pages, and what leads from one to another.',
  })
  graph(
    @Parent() { id }: Crawl,
    @Args() { limit }: CrawlGraphOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return operation.answer(repetitionOf(info), async () => {
      const { total, totalEdges, ...parts } = await this.graphs.graph(id, currentOwner(), limit);
      const nodes = await gathered(parts.nodes, 0);
      const edges = await gathered(parts.edges, nodes.bytes);
      return sizedLists({ total, totalEdges, nodes: nodes.entries, edges: edges.entries }, nodes.bytes + edges.bytes);
    });
  }
}

/** A list as a field. */
function listed(
  member: string,
  list: () => Promise<ListParts<object>>,
  { operation }: OperationContext,
  info: GraphQLResolveInfo,
): Promise<object> {
  return operation.answer(repetitionOf(info), async () => {
    const { total, parts } = await list();
    const { entries, bytes } = await gathered(parts, 0);
    return sizedLists({ total, [member]: entries }, bytes);
  });
}

function sizedLists(answer: object, bytes: number): Sized<object> {
  return { value: unhurried(answer), bytes };
}

/** All parts of a list, and their bytes as JSON: no more than an operation may answer. */
async function gathered<Entry>(parts: AsyncIterable<readonly Entry[]>, before: number): Promise<{ entries: Entry[]; bytes: number }> {
  const entries: Entry[] = [];
  let bytes = 0;
  for await (const part of parts) {
    bytes += JSON.stringify(part).length;
    if (before + bytes > MOST_BYTES) throw answerTooLarge('ask for less with limit, or over REST, where it is written while it is read');
    entries.push(...part);
  }
  return { entries, bytes };
}
