import { Float, Int, ObjectType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { ListFacts, NextUrl } from '../api/list.model.ts';
import { Property } from '../api/property.decorator.ts';
import type { PageSource, PageState } from '../jobs/tables.ts';
import type { SharedMember } from './crawl-store.ts';
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

@ObjectType('CrawlLinkEnd', { description: 'A page that a link is on, or leads to.' })
export class CrawlLinkEnd {
  @Property(() => Int, { description: 'Its number among the pages of the crawl; null out of the scope.', nullable: true, example: 1 })
  index!: number | null;

  @Property(() => String, { description: 'Its URL, normalised.', example: 'http://example.com/page2.htm' })
  url!: string;
}

@ObjectType('CrawlLink', { description: 'The links of one page to one URL, taken together.' })
export class CrawlLink {
  @Property(() => CrawlLinkEnd, { description: 'The page that has them.' })
  from!: CrawlLinkEnd;

  @Property(() => CrawlLinkEnd, { description: 'Where they lead.' })
  to!: CrawlLinkEnd;

  @Property(() => String, {
    description: 'The text of the first of them that has one, at most 200 characters; empty where none has.',
    example: 'Second Page',
  })
  text!: string;

  @Property(() => Boolean, { description: 'Each of them is `nofollow`.', example: false })
  nofollow!: boolean;
}

@ObjectType('CrawlLinkSource', { description: 'A page that links somewhere.' })
export class CrawlLinkSource {
  @Property(() => Int, { description: 'Its number among the pages of the crawl.', example: 0 })
  index!: number;

  @Property(() => String, { description: 'Its URL, normalised.', example: 'http://example.com/' })
  url!: string;

  @Property(() => String, {
    description: 'Where its link leads: there, or to what redirects there.',
    example: 'http://example.com/page2.htm',
  })
  to!: string;

  @Property(() => String, { description: 'The text of its link, as that of a `CrawlLink`.', example: 'Second Page' })
  text!: string;

  @Property(() => Boolean, { description: 'Each of its links there is `nofollow`.', example: false })
  nofollow!: boolean;
}

/** Of what links lead to. */
@ObjectType({ isAbstract: true })
class Linked {
  @Property(() => Int, { description: 'Links that lead there: of each page to each URL one.', example: 1 })
  total!: number;

  @Property(() => [CrawlLinkSource], { description: 'The first of the pages that have them, at most `examples`.' })
  linkedFrom!: CrawlLinkSource[];
}

@ObjectType('CrawlBrokenPage', { description: 'A page that cannot be had, and the links that lead there, by way of redirects, too.' })
export class CrawlBrokenPage extends Linked {
  @Property(() => Int, { description: 'Its number, from 0, in the order in which pages were found.', example: 1 })
  index!: number;

  @Property(() => String, { description: 'Its URL, normalised.', example: 'http://example.com/gone.htm' })
  url!: string;

  @Property(() => CrawlSource, { description: 'What led there first.', example: 'link' })
  source!: PageSource;

  @Property(() => Int, { description: none('Status code of its response, 400 or more'), nullable: true, example: 404 })
  status!: number | null;

  @Property(() => String, {
    description: none('The code of the problem that it has in place of a response'),
    nullable: true,
    example: null,
  })
  problem!: string | null;
}

export const CrawlRedirectOutcome = enumeration(
  'CrawlRedirectOutcome',
  {
    page: 'There is a page.',
    broken: 'There is a page that cannot be had: its status is 400 or more, or it has a problem.',
    loop: 'It comes back to a redirect that it has passed.',
    tooMany: 'It goes on after 20 redirects, where browsers give up.',
    outside: 'It leads out of what the crawl may retrieve.',
    unretrieved: 'It leads to a page that was not retrieved, or not yet.',
  },
  'Where redirects lead in the end.',
);
export type CrawlRedirectOutcome = (typeof CrawlRedirectOutcome)[keyof typeof CrawlRedirectOutcome];

@ObjectType('CrawlRedirectHop', { description: 'A redirect on the way.' })
export class CrawlRedirectHop {
  @Property(() => Int, { description: 'Its number among the pages of the crawl.', example: 3 })
  index!: number;

  @Property(() => String, { description: 'Its URL, normalised.', example: 'http://example.com/old.htm' })
  url!: string;

  @Property(() => Int, { description: 'Status code of its response.', example: 301 })
  status!: number;
}

@ObjectType('CrawlRedirect', { description: 'A page that redirects, where that leads step by step, and the links to it.' })
export class CrawlRedirect extends Linked {
  @Property(() => Int, { description: 'Its number, from 0, in the order in which pages were found.', example: 3 })
  index!: number;

  @Property(() => String, { description: 'Its URL, normalised.', example: 'http://example.com/old.htm' })
  url!: string;

  @Property(() => CrawlRedirectOutcome, { description: 'Where it leads in the end.', example: 'page' })
  outcome!: CrawlRedirectOutcome;

  @Property(() => String, {
    description: 'URL of the last one that it leads to, also out of the scope; null of a loop, and where redirects are too many.',
    nullable: true,
    example: 'http://example.com/page2.htm',
  })
  finalUrl!: string | null;

  @Property(() => Int, { description: none('Status code of the response there'), nullable: true, example: 200 })
  finalStatus!: number | null;

  @Property(() => [CrawlRedirectHop], { description: 'The redirects on the way, of which it is the first.' })
  hops!: CrawlRedirectHop[];
}

export const CrawlDuplicateMember = enumeration<SharedMember>(
  'CrawlDuplicateMember',
  {
    title: 'Their title; pages without one are told, too.',
    canonical: 'The URL that their canonical links name.',
  },
  'What pages share.',
);

@ObjectType('CrawlDuplicate', { description: 'Pages that share something.' })
export class CrawlDuplicate {
  @Property(() => String, { description: 'What they share; null of pages without a title.', nullable: true, example: 'Welcome' })
  value!: string | null;

  @Property(() => Int, { description: 'How many pages have it.', example: 2 })
  total!: number;

  @Property(() => [CrawlLinkEnd], { description: 'The first of them, at most `examples`.' })
  pages!: CrawlLinkEnd[];
}

@ObjectType('CrawlPages', { description: 'Pages of a crawl.' })
export class CrawlPages extends ListFacts {
  @Property(() => [CrawlPageEntry], { description: 'The pages, in the order that was asked for.' })
  pages!: CrawlPageEntry[];
}

@ObjectType('CrawlLinks', { description: 'Links of a crawl.' })
export class CrawlLinks extends ListFacts {
  @Property(() => [CrawlLink], { description: 'The links, page by page, each in the order of the page.' })
  links!: CrawlLink[];
}

@ObjectType('CrawlBroken', { description: 'Pages of a crawl that cannot be had.' })
export class CrawlBroken extends ListFacts {
  @Property(() => [CrawlBrokenPage], { description: 'The pages, in the order in which they were found.' })
  broken!: CrawlBrokenPage[];
}

@ObjectType('CrawlRedirects', { description: 'Pages of a crawl that redirect.' })
export class CrawlRedirects extends ListFacts {
  @Property(() => [CrawlRedirect], {
    description:
      'The redirects, in the order in which they were found; those to which nothing but another redirect leads are told as its hops alone.',
  })
  redirects!: CrawlRedirect[];
}

@ObjectType('CrawlDuplicates', { description: 'What pages of a crawl share.' })
export class CrawlDuplicates extends ListFacts {
  @Property(() => [CrawlDuplicate], { description: 'What they share, that of most pages first.' })
  duplicates!: CrawlDuplicate[];
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
export class CrawlLinksAnswer extends IntersectionType(CrawlLinks, OfCrawl, NextUrl) {}
export class CrawlBrokenAnswer extends IntersectionType(CrawlBroken, OfCrawl, NextUrl) {}
export class CrawlRedirectsAnswer extends IntersectionType(CrawlRedirects, OfCrawl, NextUrl) {}
export class CrawlDuplicatesAnswer extends IntersectionType(CrawlDuplicates, OfCrawl, NextUrl) {}
export class CrawlGraphAnswer extends IntersectionType(CrawlGraph, OfCrawl) {}
