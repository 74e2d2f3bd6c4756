import { Args, Context, Info, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { TargetArgs } from '../api/target.args.ts';
import { PageCharactersOptions } from '../characters/characters.args.ts';
import { PageCharacters } from '../characters/characters.model.ts';
import { headersAnswer, targetAnswer } from '../fetch/answers.ts';
import { Body, Exchange, HeaderField } from '../fetch/fetch.model.ts';
import { FormService } from '../fetch/form.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import { FeedOptions } from '../parse/feed.args.ts';
import { Feed } from '../parse/feed.model.ts';
import { LinksCompareOptions } from '../parse/links-compare.args.ts';
import { LinksComparison } from '../parse/links-compare.model.ts';
import { LinksOptions } from '../parse/links.args.ts';
import { Links } from '../parse/links.model.ts';
import { Metadata } from '../parse/metadata.model.ts';
import { ParseService } from '../parse/parse.service.ts';
import { SelectOptions } from '../parse/select.args.ts';
import { Selection } from '../parse/select.model.ts';
import { TagsOptions } from '../parse/tags.args.ts';
import { Tags } from '../parse/tags.model.ts';
import { MarkdownOptions } from '../text/markdown.args.ts';
import { PageMarkdown } from '../text/markdown.model.ts';
import { TablesOptions } from '../text/tables.args.ts';
import { Tables } from '../text/tables.model.ts';
import { TextOptions } from '../text/text.args.ts';
import { PageText } from '../text/text.model.ts';
import { WordCountOptions } from '../wordcount/wordcount.args.ts';
import { WordCount } from '../wordcount/wordcount.model.ts';
import { type Operation, type OperationContext, type Sized, sized } from './operation.ts';
import { Page } from './page.model.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';

/** A snapshot as the graph shows it. */
function pageOf(retrieved: Retrieved, encoding: string | undefined): Page {
  const { statusText, httpVersion, headerBytes, redirects } = headersAnswer(retrieved);
  const target = targetAnswer(retrieved);
  const ok = target.status >= 200 && target.status < 300;
  return { ...target, statusText, httpVersion, headerBytes, redirects, ok, redirected: redirects.length > 0, retrieved, encoding };
}

/** What a page costs beside the fields that have resolvers of their own. */
export function sizedPage(retrieved: Retrieved, encoding: string | undefined): Sized<Page> {
  const page = pageOf(retrieved, encoding);
  const { bytes } = sized({ ...page, retrieved: undefined });
  return { value: page, bytes };
}

@Resolver(() => Page)
export class PageResolver {
  constructor(
    private readonly parse: ParseService,
    private readonly forms: FormService,
  ) {}

  @Query(() => Page, { nullable: true, description: 'Retrieves a target. The same target twice in an operation is retrieved once.' })
  page(@Args() target: TargetArgs, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<Page> {
    return operation.answer(repetitionOf(info), async () => sizedPage(await operation.retrieve(target), target.encoding));
  }

  @ResolveField(() => [HeaderField], { description: 'Header fields of the final response, as sent.' })
  headers(
    @Parent() { retrieved }: Page,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
    @Args('name', { type: () => String, nullable: true, description: 'Only fields of this name, letter case ignored.' })
    name?: string | null,
  ): Promise<HeaderField[]> {
    const { headers } = headersAnswer(retrieved);
    const wanted = typeof name === 'string' ? headers.filter((field) => field.name.toLowerCase() === name.toLowerCase()) : headers;
    return operation.answer(repetitionOf(info), () => sized(wanted));
  }

  @ResolveField(() => [Exchange], { description: 'Every exchange, in order.' })
  exchanges(
    @Parent() { retrieved }: Page,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Exchange[]> {
    return operation.answer(repetitionOf(info), () => sized(retrieved.snapshot.exchanges));
  }

  @ResolveField(() => Body, { description: 'The content; null when the snapshot holds a response head alone.', nullable: true })
  async body(@Parent() page: Page, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    const { retrieved, encoding } = page;
    const read = (): Promise<Buffer> => this.forms.write('body-facts', retrieved, encoding);
    const view = { view: 'body-facts', encoding };
    const facts = await operation.answer(repetitionOf(info), () => operation.read(retrieved, view, read));
    return facts && { ...unhurried(facts), page };
  }

  @ResolveField(() => PageCharacters, { nullable: true, description: 'A text of the page as characters and as bytes.' })
  encode(
    @Parent() page: Page,
    @Args() options: PageCharactersOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.#view('characters', page, options, operation, info);
  }

  @ResolveField(() => Feed, { nullable: true, description: 'The page as a feed.' })
  feed(
    @Parent() page: Page,
    @Args() options: FeedOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.#view('feed', page, options, operation, info);
  }

  @ResolveField(() => Links, { nullable: true, description: 'The links of the page.' })
  links(
    @Parent() page: Page,
    @Args() options: LinksOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.#view('links', page, options, operation, info);
  }

  @ResolveField(() => LinksComparison, {
    nullable: true,
    description: 'The links that a regular expression finds beside those that a parser finds.',
  })
  linksCompare(
    @Parent() page: Page,
    @Args() options: LinksCompareOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.#view('links-compare', page, options, operation, info);
  }

  @ResolveField(() => PageMarkdown, { nullable: true, description: 'The main article of the page as Markdown.' })
  markdown(
    @Parent() page: Page,
    @Args() options: MarkdownOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.#view('markdown', page, options, operation, info);
  }

  @ResolveField(() => Metadata, { nullable: true, description: 'What the page says of itself.' })
  metadata(@Parent() page: Page, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return this.#view('metadata', page, {}, operation, info);
  }

  @ResolveField(() => Selection, { nullable: true, description: 'What a CSS selector or an XPath expression finds.' })
  select(
    @Parent() page: Page,
    @Args() options: SelectOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.#view('select', page, options, operation, info);
  }

  @ResolveField(() => Tables, { nullable: true, description: 'The tables of the page.' })
  tables(
    @Parent() page: Page,
    @Args() options: TablesOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.#view('tables', page, options, operation, info);
  }

  @ResolveField(() => Tags, { nullable: true, description: 'Elements of the page, by local name.' })
  tags(
    @Parent() page: Page,
    @Args() options: TagsOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.#view('tags', page, options, operation, info);
  }

  @ResolveField(() => PageText, { nullable: true, description: 'The text that a reader of the page sees.' })
  text(
    @Parent() page: Page,
    @Args() options: TextOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.#view('text', page, options, operation, info);
  }

  @ResolveField(() => WordCount, { nullable: true, description: 'The words of the page and how often each occurs.' })
  wordCount(
    @Parent() page: Page,
    @Args() options: WordCountOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.#view('wordcount', page, options, operation, info);
  }

  async #view(
    view: string,
    { retrieved, encoding }: Page,
    options: object,
    operation: Operation,
    info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const read = async (): Promise<Buffer> => Buffer.concat(await this.parse.read(view, retrieved, options, encoding));
    const answer = await operation.answer(repetitionOf(info), () => operation.read(retrieved, { ...options, view, encoding }, read));
    return answer && unhurried(answer);
  }
}
