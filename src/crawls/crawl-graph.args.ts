import * as graph from '@nestjs/graphql';
import { ArgsType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { FieldsOf } from '../api/fields.args.ts';
import { FormatArgs } from '../api/format.args.ts';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { CrawlGraphAnswer, CrawlPageOrder, CrawlPagesAnswer, CrawlPageState } from './crawl-graph.model.ts';
import type { GraphFormat } from './graph-formats.ts';

/** Nodes of one graph. */
const MOST_NODES = 2_000_000;

/** Which pages are wanted. */
@ArgsType()
class PageFilterArgs {
  @Parameter({ type: CrawlPageOrder, default: 'index', description: 'The order of the pages.', example: 'rank' })
  sort: CrawlPageOrder = 'index';

  @Parameter({ type: CrawlPageState, description: 'Only pages that stand so.', example: 'retrieved' })
  state?: (typeof CrawlPageState)[keyof typeof CrawlPageState];

  @Parameter({
    type: 'boolean',
    default: false,
    description: 'Only orphans: pages that are known from a sitemap, or as the start, and that no other page links or redirects to.',
    example: true,
  })
  orphans = false;
}

/** What /crawls/{id}/pages takes. */
export class CrawlPagesArgs extends IntersectionType(
  PageArgs,
  PageFilterArgs,
  FormatArgs,
  FieldsOf(CrawlPagesAnswer, ['total', 'pages.url', 'pages.inDegree', 'pages.rank']),
) {}

/** The same as arguments of the graph. */
@ArgsType()
export class CrawlPagesOptions extends graph.IntersectionType(PageArgs, PageFilterArgs, ArgsType) {}

const Format = enumeration<GraphFormat>(
  'GraphFormat',
  {
    json: 'The whole answer.',
    graphml: 'GraphML, which Gephi, yEd, Cytoscape and NetworkX read.',
    dot: 'The language of Graphviz.',
    csv: 'The edges as CSV: a line of names, then one for each edge.',
  },
  'The form of a graph.',
);

/** Which part of a graph is wanted. */
@ArgsType()
export class CrawlGraphOptions {
  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: MOST_NODES,
    description: 'Most pages to answer: those of greatest PageRank, and what leads from one of them to another. Without it, all.',
    example: 2000,
  })
  limit?: number;
}

/** What /crawls/{id}/graph takes. */
export class CrawlGraphArgs extends IntersectionType(
  CrawlGraphOptions,
  FieldsOf(CrawlGraphAnswer, ['nodes.index', 'nodes.url', 'nodes.rank', 'edges.from', 'edges.to']),
) {
  @Parameter({
    type: Format,
    description:
      'The form of the answer. Unless given, what `Accept` asks for: `application/graphml+xml`, `text/vnd.graphviz` or `text/csv`; otherwise JSON.',
    example: 'graphml',
  })
  format?: GraphFormat;
}
