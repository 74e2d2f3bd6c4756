import { Float, Int, ObjectType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { ListFacts, NextUrl } from '../api/list.model.ts';
import { Property } from '../api/property.decorator.ts';
import type { PageSource, PageState } from '../jobs/tables.ts';
import { Crawl, CrawlSource } from './crawl.model.ts';

export const CrawlPageState = enumeration<PageState>(
  'CrawlPageState',
  {
    found: 'It may yet be retrieved; once the crawl is finished, `limit` left it.',
    queued: 'It is retrieved next; of a crawl that was cancelled, it was dropped.',
    retrieved: 'A response came, whatever its status.',
    failed: 'No response came: `problem` says why.',
    forbidden: 'It was not retrieved: robots.txt forbids it.',
    same: 'It was not retrieved: a page that was says by its canonical link that it is this one. `sameAs` names that page.',
    noted:
      'It is not to be retrieved: only `nofollow` links lead there, it is farther away than `depth`, or only a canonical link names it.',
  },
  'How a page of a crawl stands.',
);

export const CrawlPageOrder = enumeration(
  'CrawlPageOrder',
  {
    index: 'As they were found.',
    rank: 'The greatest PageRank first.',
    inDegree: 'Those that most pages link to first.',
    outDegree: 'Those that link to most pages first.',
    depth: 'The nearest to the start first.',
  },
  'The order of pages; of those that are alike in it, as they were found.',
);
export type CrawlPageOrder = (typeof CrawlPageOrder)[keyof typeof CrawlPageOrder];

export const CrawlEdgeKind = enumeration(
  'CrawlEdgeKind',
  {
    link: 'It has a link there.',
    redirect: 'It redirects there.',
    canonical: 'It is that page, as a canonical link says.',
  },
  'How one page leads to another.',
);
export type CrawlEdgeKind = (typeof CrawlEdgeKind)[keyof typeof CrawlEdgeKind];

const none = (description: string): string => `${description}; null where there is none.`;

/** What pages and nodes have in common. */
@ObjectType({ isAbstract: true })
class PageFacts {
  @Property(() => Int, { description: 'Its number, from 0, in the order in which pages were found.', example: 1 })
  index!: number;

  @Property(() => String, { description: 'Its URL, normalised.', example: 'http://example.com/page2.htm' })
  url!: string;

  @Property(() => Int, {
    description: 'Links on the shortest way to it; redirects are none, and what a sitemap lists is one link away.',
    example: 1,
  })
  depth!: number;

  @Property(() => CrawlPageState, { description: 'How it stands.', example: 'retrieved' })
  state!: PageState;

  @Property(() => Int, { description: none('Status code of its response'), nullable: true, example: 200 })
  status!: number | null;

  @Property(() => String, { description: none('Its title'), nullable: true, example: 'The Second Page' })
  title!: string | null;

  @Property(() => Int, { description: 'Other pages of the crawl that link to it, each once, `nofollow` or not.', example: 1 })
  inDegree!: number;

  @Property(() => Int, { description: 'Other pages of the crawl that it links to, each once.', example: 1 })
  outDegree!: number;

  @Property(() => Float, {
    description: 'Its PageRank among the pages that were retrieved, which is 1 for all of them together; null where it was not.',
    nullable: true,
    example: 0.5,
  })
  rank!: number | null;
}

@ObjectType('CrawlPage', { description: 'A URL that a crawl knows, whether it was retrieved or not.' })
export class CrawlPageEntry extends PageFacts {
  @Property(() => CrawlSource, { description: 'What led there first.', example: 'link' })
  source!: PageSource;

  @Property(() => String, {
    description: 'URL of the page that led there first; null of the start, and of what a sitemap lists.',
    nullable: true,
    example: 'http://example.com/',
  })
  foundOn!: string | null;

  @Property(() => String, {
    description: 'URL of the page that it redirects to; null of all else, and where it leads out of the crawl.',
    nullable: true,
    example: null,
  })
  redirectsTo!: string | null;

  @Property(() => String, {
    description: 'URL of the page that this one is, as a canonical link says; null where it is itself.',
    nullable: true,
    example: null,
  })
  sameAs!: string | null;

  @Property(() => String, { description: none('Media type of the content'), nullable: true, example: 'text/html' })
  mediaType!: string | null;

  @Property(() => String, { description: none('What its canonical link names'), nullable: true, example: null })
  canonical!: string | null;

  @Property(() => Boolean, {
    description: 'Robots are asked not to index it; null where it is no page.',
    nullable: true,
    example: false,
  })
  noindex!: boolean | null;

  @Property(() => Boolean, {
    description: 'Robots are asked not to follow its links; null where it is no page.',
    nullable: true,
    example: false,
  })
  nofollow!: boolean | null;

  @Property(() => String, {
    description: none('The code of the problem that it has in place of a response'),
    nullable: true,
    example: null,
  })
  problem!: string | null;

  @Property(() => Int, { description: 'URLs out of the scope that it links to, each once.', example: 0 })
  outside!: number;
}

@ObjectType('CrawlGraphNode', { description: 'A page of a crawl as a node of its graph.' })
export class CrawlGraphNode extends PageFacts {}

@ObjectType('CrawlGraphEdge', { description: 'A page that leads to another.' })
export class CrawlGraphEdge {
  @Property(() => Int, { description: '`index` of the page that leads there.', example: 0 })
  from!: number;

  @Property(() => Int, { description: '`index` of the page that it leads to.', example: 1 })
  to!: number;

  @Property(() => CrawlEdgeKind, { description: 'How.', example: 'link' })
  kind!: CrawlEdgeKind;

  @Property(() => Boolean, { description: 'Each of its links there is `nofollow`.', example: false })
  nofollow!: boolean;
}

@ObjectType('CrawlPages', { description: 'Pages of a crawl.' })
export class CrawlPages extends ListFacts {
  @Property(() => [CrawlPageEntry], { description: 'The pages, in the order that was asked for.' })
  pages!: CrawlPageEntry[];
}

@ObjectType('CrawlGraph', { description: 'Who links to whom: pages of a crawl, and what leads from one to another.' })
export class CrawlGraph {
  @Property(() => Int, { description: 'Pages that the crawl knows.', example: 2 })
  total!: number;

  @Property(() => Int, { description: 'Edges between them.', example: 2 })
  totalEdges!: number;

  @Property(() => [CrawlGraphNode], { description: 'The pages, or those of greatest PageRank, in the order in which they were found.' })
  nodes!: CrawlGraphNode[];

  @Property(() => [CrawlGraphEdge], {
    description:
      'What leads from one of these pages to another, or to itself: page by page, each distinct target of its links once, in their order.',
  })
  edges!: CrawlGraphEdge[];
}

/** Of REST alone: the graph has it around it. */
class OfCrawl {
  @Property(() => Crawl, { description: 'The crawl, as it stood when its links were counted.' })
  crawl!: Crawl;
}

export class CrawlPagesAnswer extends IntersectionType(CrawlPages, OfCrawl, NextUrl) {}
export class CrawlGraphAnswer extends IntersectionType(CrawlGraph, OfCrawl) {}
