import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersGet, AnswersPost } from '../api/answer.decorator.ts';
import { AsksForList, type ListRequest } from '../api/list-request.decorator.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { ExtractOptions } from './extract.args.ts';
import { FeedOptions } from './feed.args.ts';
import { LinksOptions } from './links.args.ts';
import { LinksCompareOptions } from './links-compare.args.ts';
import { ComparedLink } from './links-compare.model.ts';
import { Link } from './links.model.ts';
import {
  ExtractBody,
  FeedArgs,
  FeedBody,
  LinksArgs,
  LinksBody,
  LinksCompareArgs,
  LinksCompareBody,
  MetadataArgs,
  MetadataBody,
  SelectArgs,
  SelectBody,
  TagsArgs,
  TagsBody,
} from './parse.args.ts';
import { ExtractAnswer, FeedAnswer, LinksAnswer, LinksCompareAnswer, MetadataAnswer, SelectAnswer, TagsAnswer } from './parse.model.ts';
import { ParseService } from './parse.service.ts';
import { SelectOptions } from './select.args.ts';
import { TagsOptions } from './tags.args.ts';

const EXTRACT = {
  type: ExtractAnswer,
  summary: 'A shape of your own, filled from a page',
  description:
    'Says what is wanted in the shape of the answer: selectors where values are to be, one entry where a list is. What the page does not have is null, and told in `misses`.',
};
const FEED = {
  type: FeedAnswer,
  summary: 'A feed and its items',
  description:
    'RSS, Atom and JSON Feed in one shape, dates in ISO 8601 and URLs resolved. What is no feed is told which feeds it links to.',
};
const LINKS = {
  type: LinksAnswer,
  list: { member: 'links', entry: Link },
  summary: 'The links of a page',
  description: 'Every `a` and `area` with an `href`, in document order, as written and resolved against the document base URL.',
};
const LINKS_COMPARE = {
  type: LinksCompareAnswer,
  list: { member: 'links', entry: ComparedLink },
  summary: 'Links by regular expression beside links by parser',
  description:
    'What `href="(https?://.*?)"` finds in the text of a page beside what a parser finds, place by place, and for each difference why.',
};
const METADATA = {
  type: MetadataAnswer,
  summary: 'What a page says of itself',
  description:
    'Title, description, canonical URL, language, icons, feeds, Open Graph, JSON-LD, microdata and every `meta`; `sources` says which rule gave each value.',
};
const SELECT = {
  type: SelectAnswer,
  summary: 'What a CSS selector or an XPath expression finds',
  description:
    'Elements by CSS selector or XPath 3.1, each with its markup, its attributes, its text and its contents; and what else an XPath gives, as values.',
};
const TAGS = {
  type: TagsAnswer,
  summary: 'The elements of a page and their parts',
  description: 'Elements by local name, each with its markup, its attributes, its text and its contents.',
};

@ApiTags('Documents')
@Controller()
export class ParseController {
  constructor(private readonly parse: ParseService) {}

  @AnswersPost('extract', EXTRACT)
  postExtract(@Body() args: ExtractBody, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('extract', ExtractOptions, args, here);
  }

  @AnswersGet('feed', FEED)
  getFeed(@Query() args: FeedArgs, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('feed', FeedOptions, args, here);
  }

  @AnswersPost('feed', FEED)
  postFeed(@Body() args: FeedBody, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('feed', FeedOptions, args, here);
  }

  @AnswersGet('links', LINKS)
  getLinks(@Query() args: LinksArgs, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.parse.list('links', LINKS.list, LinksOptions, args, asked);
  }

  @AnswersPost('links', LINKS)
  postLinks(@Body() args: LinksBody, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.parse.list('links', LINKS.list, LinksOptions, args, asked);
  }

  @AnswersGet('links/compare', LINKS_COMPARE)
  getLinksCompare(@Query() args: LinksCompareArgs, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.parse.list('links-compare', LINKS_COMPARE.list, LinksCompareOptions, args, asked);
  }

  @AnswersPost('links/compare', LINKS_COMPARE)
  postLinksCompare(@Body() args: LinksCompareBody, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.parse.list('links-compare', LINKS_COMPARE.list, LinksCompareOptions, args, asked);
  }

  @AnswersGet('metadata', METADATA)
  getMetadata(@Query() args: MetadataArgs, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('metadata', null, args, here);
  }

  @AnswersPost('metadata', METADATA)
  postMetadata(@Body() args: MetadataBody, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('metadata', null, args, here);
  }

  @AnswersGet('select', SELECT)
  getSelect(@Query() args: SelectArgs, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('select', SelectOptions, args, here);
  }

  @AnswersPost('select', SELECT)
  postSelect(@Body() args: SelectBody, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('select', SelectOptions, args, here);
  }

  @AnswersGet('tags', TAGS)
  getTags(@Query() args: TagsArgs, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('tags', TagsOptions, args, here);
  }

  @AnswersPost('tags', TAGS)
  postTags(@Body() args: TagsBody, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('tags', TagsOptions, args, here);
  }
}
