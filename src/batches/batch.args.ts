import { applyDecorators } from '@nestjs/common';
import * as graph from '@nestjs/graphql';
import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { ApiProperty, IntersectionType, PickType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, Length, ValidateBy } from 'class-validator';
import { BodyMember } from '../api/body-member.decorator.ts';
import { FieldsOf } from '../api/fields.args.ts';
import { FormatArgs } from '../api/format.args.ts';
import { NestedParameter } from '../api/nested-parameter.decorator.ts';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import { ExtractOptions } from '../parse/extract.args.ts';
import { FeedOptions } from '../parse/feed.args.ts';
import { LinksCompareOptions } from '../parse/links-compare.args.ts';
import { LinksOptions } from '../parse/links.args.ts';
import { SelectOptions } from '../parse/select.args.ts';
import { TagsOptions } from '../parse/tags.args.ts';
import { MarkdownOptions } from '../text/markdown.args.ts';
import { TablesOptions } from '../text/tables.args.ts';
import { TextOptions } from '../text/text.args.ts';
import { WebhookArgument, WebhookBody, WebhookMember } from '../webhooks/webhook.args.ts';
import { WordCountOptions } from '../wordcount/wordcount.args.ts';
import type { BatchViewName } from './batch-views.ts';
import { Batch, BatchesAnswer, BatchResultsAnswer, ResultOrder } from './batch.model.ts';

/** URLs of one batch. */
export const MAX_URLS = 10_000;
/** Retrievals of one job at a time. */
export const MOST_CONCURRENT = 256;
/** Seconds that a request may wait for a batch. */
const MAX_WAIT_S = 60;

/** A view without options of its own: it is asked for as `{}`. */
function withoutOptions(description: string): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return applyDecorators(
    ApiProperty({ type: 'object', additionalProperties: false, description, selfRequired: false, example: {} }),
    ValidateBy({ name: 'empty', validator: { validate, defaultMessage: () => 'must be {}: this view has no options' } }),
    IsOptional(),
  );
}

/** What each view takes, besides those without options. */
const OPTIONS = {
  links: LinksOptions,
  linksCompare: LinksCompareOptions,
  tags: TagsOptions,
  select: SelectOptions,
  extract: ExtractOptions,
  feed: FeedOptions,
  text: TextOptions,
  markdown: MarkdownOptions,
  tables: TablesOptions,
  wordCount: WordCountOptions,
} as const;

const of = (endpoint: string): string => `What /${endpoint} takes.`;

/** The views of a batch, each with the options of its endpoint. */
export class BatchViews implements Partial<Record<BatchViewName, object>> {
  @withoutOptions('The response head; it has no options.')
  headers?: object;

  @NestedParameter(LinksOptions, 'rest', { description: of('links') })
  links?: LinksOptions;

  @NestedParameter(LinksCompareOptions, 'rest', { description: of('links/compare') })
  linksCompare?: LinksCompareOptions;

  @NestedParameter(TagsOptions, 'rest', { description: of('tags') })
  tags?: TagsOptions;

  @NestedParameter(SelectOptions, 'rest', { description: of('select') })
  select?: SelectOptions;

  @NestedParameter(ExtractOptions, 'rest', { description: of('extract') })
  extract?: ExtractOptions;

  @withoutOptions('What a page says of itself; it has no options.')
  metadata?: object;

  @NestedParameter(FeedOptions, 'rest', { description: of('feed') })
  feed?: FeedOptions;

  @NestedParameter(TextOptions, 'rest', { description: of('text') })
  text?: TextOptions;

  @NestedParameter(MarkdownOptions, 'rest', { description: of('markdown') })
  markdown?: MarkdownOptions;

  @NestedParameter(TablesOptions, 'rest', { description: of('tables') })
  tables?: TablesOptions;

  @NestedParameter(WordCountOptions, 'rest', { description: of('wordcount') })
  wordCount?: WordCountOptions;
}

/** How a batch is retrieved. */
@ArgsType()
class BatchPace {
  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: MOST_CONCURRENT,
    default: 16,
    description: 'Retrievals at a time, in all processes of the server. Of one origin at most as many as the server allows.',
    example: 16,
  })
  concurrency = 16;

  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: 3_600_000,
    default: 0,
    description:
      'Milliseconds from the end of one retrieval of an origin to the beginning of the next. More than 0: one at a time of each origin, whatever process does it.',
    example: 1000,
  })
  perOriginDelayMs = 0;
}

/** How each URL is retrieved. */
export const RETRIEVAL = [
  'timeoutMs',
  'maxBytes',
  'maxRedirects',
  'insecureTls',
  'encoding',
  'userAgent',
  'acceptLanguage',
  'cache',
] as const;

const URLS = `The target URLs, 1 to ${String(MAX_URLS)}: absolute, http or https. One that is given twice is two.`;

function areUrls(): PropertyDecorator {
  return applyDecorators(
    ArrayMaxSize(MAX_URLS, { message: `must be at most ${String(MAX_URLS)} URLs` }),
    ArrayMinSize(1, { message: 'must be one URL at least' }),
    Length(1, 8192, { each: true, message: 'must be texts of 1 to 8192 characters' }),
    IsString({ each: true, message: 'must be a list of texts' }),
    IsArray({ message: 'must be a list of URLs' }),
    IsOptional(),
  );
}

/** A list of URLs as CSV. */
@ArgsType()
class CsvMember {
  @BodyMember({
    type: () => String,
    description: `The target URLs as CSV, in place of \`urls\`: with a line of names of which one is \`url\`, or one URL a line. At most ${String(MAX_URLS)}.`,
    example: 'name,url\nFirst,http://example.com/page1.htm\n',
    required: false,
  })
  @IsString({ message: 'must be text' })
  @IsOptional()
  csv?: string;
}

const WEBHOOK = 'Where the end of the batch is told: `batch.completed`, `batch.failed` or `batch.cancelled`, signed by Standard Webhooks.';

const VIEWS =
  'What is read off each page: the views by their names, each with the options of its endpoint. None unless given: then it is said what came back.';

/** What creates a batch. */
export class BatchBody extends IntersectionType(PickType(TargetArgs, RETRIEVAL), BatchPace, CsvMember) {
  @ApiProperty({
    type: [String],
    description: URLS,
    minItems: 1,
    maxItems: MAX_URLS,
    items: { type: 'string', minLength: 1, maxLength: 8192 },
    required: false,
    example: ['http://example.com/page1.htm', 'http://example.com/page2.htm'],
  } as object)
  @areUrls()
  urls?: string[];

  @NestedParameter(BatchViews, 'rest', { description: VIEWS, example: { links: { limit: 10 }, metadata: {} } })
  views?: BatchViews;

  @WebhookMember(WEBHOOK)
  webhook?: WebhookBody;
}

/** How the answer to the creation of a batch comes. */
export class BatchCreationArgs {
  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: MAX_WAIT_S,
    default: 0,
    description: 'Seconds to wait for the batch: where it is finished by then, its results are answered at once, with status 200.',
    example: 30,
  })
  wait = 0;

  @Parameter({
    type: 'boolean',
    default: false,
    description: 'Answers with status 200 and each result as a line of JSON (NDJSON) when it comes. Who goes away ends nothing.',
    example: false,
  })
  stream = false;
}

/** Which batch is meant. */
export class BatchPath {
  @Parameter({
    type: 'string',
    maxLength: 64,
    required: true,
    description: 'The id of a batch, as the answer to its creation named it.',
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  id!: string;
}

/** Whether to wait for a batch. */
export class BatchWaitArgs extends IntersectionType(
  PickType(BatchCreationArgs, ['wait'] as const),
  FieldsOf(Batch, ['state', 'counts.pending']),
) {}

/** Which batches are wanted. */
export class BatchesArgs extends IntersectionType(PageArgs, FieldsOf(BatchesAnswer, ['total', 'batches.state'])) {}

/** In which order results are wanted. */
@ArgsType()
export class ResultOrderArgs {
  @Parameter({ type: ResultOrder, default: 'arrival', description: 'The order of the results.', example: 'index' })
  sort: ResultOrder = 'arrival';
}

export class BatchResultsArgs extends IntersectionType(
  PageArgs,
  ResultOrderArgs,
  FormatArgs,
  FieldsOf(BatchResultsAnswer, ['next', 'results.url', 'results.views.metadata.title']),
) {}
/** The same for the graph. */
@ArgsType()
export class BatchResultsOptions extends graph.IntersectionType(PageArgs, ResultOrderArgs, ArgsType) {}

/** From which event on. */
export class BatchEventsArgs {
  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: 2_147_483_647,
    default: 0,
    description: 'Results to pass over: the id of the last event that is known. The `Last-Event-ID` field says the same, and wins.',
    example: 0,
  })
  after = 0;
}

/** The options of a view for the graph, which wants classes of its own for objects. */
function inputOf(name: keyof typeof OPTIONS): new () => object {
  const Options = OPTIONS[name] as new () => object;
  const Input = graph.OmitType(Options as new () => Record<string, never>, [] as const, InputType);
  InputType(`${name.charAt(0).toUpperCase()}${name.slice(1)}ViewInput`, { description: `The options of the view ${name}.` })(Input);
  return Input;
}

const asked = (description: string): PropertyDecorator => Parameter({ type: 'boolean', description, example: true });

/** The views of a batch, for the graph. */
@InputType('BatchViewsInput', { description: 'The views of a batch, each with the options of its field.' })
export class GraphBatchViews implements Partial<Record<BatchViewName, object | boolean>> {
  @asked('The response head.')
  headers?: boolean;

  @NestedParameter(inputOf('links'), 'graph', { description: of('links') })
  links?: object;

  @NestedParameter(inputOf('linksCompare'), 'graph', { description: of('links/compare') })
  linksCompare?: object;

  @NestedParameter(inputOf('tags'), 'graph', { description: of('tags') })
  tags?: object;

  @NestedParameter(inputOf('select'), 'graph', { description: of('select') })
  select?: object;

  @NestedParameter(inputOf('extract'), 'graph', { description: of('extract') })
  extract?: object;

  @asked('What a page says of itself.')
  metadata?: boolean;

  @NestedParameter(inputOf('feed'), 'graph', { description: of('feed') })
  feed?: object;

  @NestedParameter(inputOf('text'), 'graph', { description: of('text') })
  text?: object;

  @NestedParameter(inputOf('markdown'), 'graph', { description: of('markdown') })
  markdown?: object;

  @NestedParameter(inputOf('tables'), 'graph', { description: of('tables') })
  tables?: object;

  @NestedParameter(inputOf('wordCount'), 'graph', { description: of('wordcount') })
  wordCount?: object;
}

/** The same as arguments of the graph. */
@ArgsType()
export class CreateBatchArgs extends graph.IntersectionType(
  graph.IntersectionType(graph.PickType(TargetArgs, RETRIEVAL, ArgsType), BatchPace, ArgsType),
  CsvMember,
  ArgsType,
) {
  @Field(() => [String], { description: URLS, nullable: true })
  @areUrls()
  urls?: string[];

  @NestedParameter(GraphBatchViews, 'graph', { description: VIEWS })
  views?: GraphBatchViews;

  @WebhookArgument(WEBHOOK)
  webhook?: WebhookBody;
}
