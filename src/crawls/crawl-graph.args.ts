import * as graph from '@nestjs/graphql';
import { ArgsType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { FieldsOf } from '../api/fields.args.ts';
import { FormatArgs } from '../api/format.args.ts';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import {
  CrawlBrokenAnswer,
  CrawlDuplicateMember,
  CrawlDuplicatesAnswer,
  CrawlGraphAnswer,
  CrawlLinksAnswer,
  CrawlPageOrder,
  CrawlPagesAnswer,
  CrawlPageState,
  CrawlRedirectOutcome,
  CrawlRedirectsAnswer,
} from './crawl-graph.model.ts';
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

export const OutsideLinks = enumeration(
  'CrawlOutsideLinks',
  {
    include: 'They are told as well, of each page the first 100.',
    only: 'No others are told.',
    skip: 'They are left out.',
  },
  'What is made of links that lead out of the scope.',
);
export type OutsideLinks = (typeof OutsideLinks)[keyof typeof OutsideLinks];

/** Which links are wanted. */
@ArgsType()
class LinkFilterArgs {
  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: MOST_NODES,
    description: 'Only links of the page with this `index`.',
    example: 0,
  })
  from?: number;

  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: MOST_NODES,
    description: 'Only links to the page with this `index`: who links there.',
    example: 1,
  })
  to?: number;

  @Parameter({ type: OutsideLinks, default: 'include', description: 'What is made of links that lead out of the scope.', example: 'skip' })
  outside: OutsideLinks = 'include';
}

/** What /crawls/{id}/links takes. */
export class CrawlLinksArgs extends IntersectionType(
  PageArgs,
  LinkFilterArgs,
  FormatArgs,
  FieldsOf(CrawlLinksAnswer, ['total', 'links.from.url', 'links.to.url', 'links.text']),
) {}

/** The same as arguments of the graph. */
@ArgsType()
export class CrawlLinksOptions extends graph.IntersectionType(PageArgs, LinkFilterArgs, ArgsType) {}

/** How much is told of each entry. */
@ArgsType()
class ExamplesArgs {
  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: 1000,
    default: 10,
    description: 'Pages that are told of each entry, at most.',
    example: 3,
  })
  examples = 10;
}

/** What /crawls/{id}/broken takes. */
export class CrawlBrokenArgs extends IntersectionType(
  PageArgs,
  ExamplesArgs,
  FormatArgs,
  FieldsOf(CrawlBrokenAnswer, ['total', 'broken.url', 'broken.status', 'broken.linkedFrom.url']),
) {}

/** The same as arguments of the graph. */
@ArgsType()
export class CrawlBrokenOptions extends graph.IntersectionType(PageArgs, ExamplesArgs, ArgsType) {}

/** Which redirects are wanted. */
@ArgsType()
class OutcomeArgs {
  @Parameter({ type: CrawlRedirectOutcome, description: 'Only those that lead there in the end.', example: 'page' })
  outcome?: CrawlRedirectOutcome;
}

/** What /crawls/{id}/redirects takes. */
export class CrawlRedirectsArgs extends IntersectionType(
  PageArgs,
  OutcomeArgs,
  ExamplesArgs,
  IntersectionType(FormatArgs, FieldsOf(CrawlRedirectsAnswer, ['total', 'redirects.url', 'redirects.outcome', 'redirects.hops.status'])),
) {}

/** The same as arguments of the graph. */
@ArgsType()
export class CrawlRedirectsOptions extends graph.IntersectionType(
  graph.IntersectionType(PageArgs, OutcomeArgs, ArgsType),
  ExamplesArgs,
  ArgsType,
) {}

/** Which duplicates are wanted. */
@ArgsType()
class DuplicateMemberArgs {
  @Parameter({ type: CrawlDuplicateMember, default: 'title', description: 'What pages share.', example: 'title' })
  of: (typeof CrawlDuplicateMember)[keyof typeof CrawlDuplicateMember] = 'title';
}

/** What /crawls/{id}/duplicates takes. */
export class CrawlDuplicatesArgs extends IntersectionType(
  PageArgs,
  DuplicateMemberArgs,
  ExamplesArgs,
  IntersectionType(FormatArgs, FieldsOf(CrawlDuplicatesAnswer, ['total', 'duplicates.value', 'duplicates.pages.url'])),
) {}

/** The same as arguments of the graph. */
@ArgsType()
export class CrawlDuplicatesOptions extends graph.IntersectionType(
  graph.IntersectionType(PageArgs, DuplicateMemberArgs, ArgsType),
  ExamplesArgs,
  ArgsType,
) {}

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
