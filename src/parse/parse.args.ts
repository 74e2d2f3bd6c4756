import { ApiProperty, IntersectionType, OmitType } from '@nestjs/swagger';
import { IsOptional, IsString, IsUrl, MaxLength } from 'class-validator';
import { FieldsOf } from '../api/fields.args.ts';
import { FormatArgs } from '../api/format.args.ts';
import { TargetArgs } from '../api/target.args.ts';
import { TargetBody } from '../fetch/fetch.args.ts';
import { ExtractOptions } from './extract.args.ts';
import { FeedOptions } from './feed.args.ts';
import { LinksCompareOptions } from './links-compare.args.ts';
import { LinksOptions } from './links.args.ts';
import { ExtractAnswer, FeedAnswer, LinksAnswer, LinksCompareAnswer, MetadataAnswer, SelectAnswer, TagsAnswer } from './parse.model.ts';
import { SelectOptions } from './select.args.ts';
import { TagsOptions } from './tags.args.ts';

/** What a document view takes in a JSON body in place of a target. */
export class DocumentBody {
  @ApiProperty({
    description: 'A document to read in place of a target: exactly one of `html`, `url` and `snapshot` is given.',
    example: '<a href="page2.htm">Second Page</a>',
    required: false,
  })
  @IsString({ message: 'must be text' })
  @IsOptional()
  html?: string;

  @ApiProperty({
    description: 'What the links of `html` are resolved against: absolute, http or https.',
    maxLength: 8192,
    example: 'http://example.com/',
    required: false,
  })
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }, { message: 'must be an absolute http or https URL' })
  @MaxLength(8192, { message: 'must have at most 8192 characters' })
  @IsOptional()
  baseUrl?: string;
}

/** What a document view takes in a JSON body, but for its own options. */
export class DocumentTargetBody extends IntersectionType(TargetBody, DocumentBody) {}

/** What /feed takes in a JSON body in place of a target. */
class FeedContent {
  @ApiProperty({
    description: 'A feed to read in place of a target, XML or JSON: exactly one of `html`, `url` and `snapshot` is given.',
    example: '<rss version="2.0"><channel><title>News</title><item><title>First</title><link>/1</link></item></channel></rss>',
    required: false,
  })
  @IsString({ message: 'must be text' })
  @IsOptional()
  html?: string;
}

const EXTRACT_FIELDS = FieldsOf(ExtractAnswer, ['data', 'missed']);
const FEED_FIELDS = FieldsOf(FeedAnswer, ['title', 'items.title', 'items.url']);
const LINKS_FIELDS = FieldsOf(LinksAnswer, ['total', 'links.url', 'links.position.line']);
const LINKS_COMPARE_FIELDS = FieldsOf(LinksCompareAnswer, ['reasons', 'links.regex.href', 'links.parser.href', 'links.explanation']);
const METADATA_FIELDS = FieldsOf(MetadataAnswer, ['title', 'icons.url', 'jsonLd.value.@type']);
const SELECT_FIELDS = FieldsOf(SelectAnswer, ['elements.text']);
const TAGS_FIELDS = FieldsOf(TagsAnswer, ['total', 'tags.attributes']);

export class ExtractBody extends IntersectionType(DocumentTargetBody, ExtractOptions, EXTRACT_FIELDS) {}
export class FeedArgs extends IntersectionType(TargetArgs, FeedOptions, FEED_FIELDS) {}
export class FeedBody extends IntersectionType(OmitType(DocumentTargetBody, ['html']), FeedContent, FeedOptions, FEED_FIELDS) {}
export class LinksArgs extends IntersectionType(TargetArgs, LinksOptions, FormatArgs, LINKS_FIELDS) {}
/** `method` is how links are found; a request of another method is made by /fetch, whose snapshot is then read. */
export class LinksBody extends IntersectionType(OmitType(DocumentTargetBody, ['method']), LinksOptions, FormatArgs, LINKS_FIELDS) {}
export class LinksCompareArgs extends IntersectionType(TargetArgs, LinksCompareOptions, FormatArgs, LINKS_COMPARE_FIELDS) {}
export class LinksCompareBody extends IntersectionType(DocumentTargetBody, LinksCompareOptions, FormatArgs, LINKS_COMPARE_FIELDS) {}
export class MetadataArgs extends IntersectionType(TargetArgs, METADATA_FIELDS) {}
export class MetadataBody extends IntersectionType(DocumentTargetBody, METADATA_FIELDS) {}
export class SelectArgs extends IntersectionType(TargetArgs, SelectOptions, SELECT_FIELDS) {}
export class SelectBody extends IntersectionType(DocumentTargetBody, SelectOptions, SELECT_FIELDS) {}
export class TagsArgs extends IntersectionType(TargetArgs, TagsOptions, TAGS_FIELDS) {}
export class TagsBody extends IntersectionType(DocumentTargetBody, TagsOptions, TAGS_FIELDS) {}
