import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { TargetArgs } from '../api/target.args.ts';
import { headersAnswer, targetAnswer } from '../fetch/answers.ts';
import { Body, Exchange, HeaderField } from '../fetch/fetch.model.ts';
import { FormService } from '../fetch/form.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import { LinksOptions } from '../parse/links.args.ts';
import { Links } from '../parse/links.model.ts';
import { ParseService } from '../parse/parse.service.ts';
import { SelectOptions } from '../parse/select.args.ts';
import { Selection } from '../parse/select.model.ts';
import { TagsOptions } from '../parse/tags.args.ts';
import { Tags } from '../parse/tags.model.ts';
import { WordCountOptions } from '../wordcount/wordcount.args.ts';
import { WordCount } from '../wordcount/wordcount.model.ts';
import type { Operation, OperationContext } from './operation.ts';
import { Page } from './page.model.ts';
import { unhurried } from './unhurried.ts';

/** A snapshot as the graph shows it. */
export function pageOf(retrieved: Retrieved, encoding: string | undefined): Page {
  const { statusText, httpVersion, headerBytes, redirects } = headersAnswer(retrieved);
  const target = targetAnswer(retrieved);
  const ok = target.status >= 200 && target.status < 300;
  return { ...target, statusText, httpVersion, headerBytes, redirects, ok, redirected: redirects.length > 0, retrieved, encoding };
}

@Resolver(() => Page)
export class PageResolver {
  constructor(
    private readonly parse: ParseService,
    private readonly forms: FormService,
  ) {}

  @Query(() => Page, { nullable: true, description: 'Retrieves a target. The same target twice in an operation is retrieved once.' })
  async page(@Args() target: TargetArgs, @Context() { operation }: OperationContext): Promise<Page> {
    return pageOf(await operation.retrieve(target), target.encoding);
  }

  @ResolveField(() => [HeaderField], { description: 'Header fields of the final response, as sent.' })
  headers(
    @Parent() { retrieved }: Page,
    @Args('name', { type: () => String, nullable: true, description: 'Only fields of this name, letter case ignored.' })
    name?: string | null,
  ): HeaderField[] {
    const { headers } = headersAnswer(retrieved);
    return typeof name === 'string' ? headers.filter((field) => field.name.toLowerCase() === name.toLowerCase()) : headers;
  }

  @ResolveField(() => [Exchange], { description: 'Every exchange, in order.' })
  exchanges(@Parent() { retrieved }: Page): readonly Exchange[] {
    return retrieved.snapshot.exchanges;
  }

  @ResolveField(() => Body, { description: 'The content; null when the snapshot holds a response head alone.', nullable: true })
  async body(@Parent() page: Page, @Context() { operation }: OperationContext): Promise<unknown> {
    const { retrieved, encoding } = page;
    const facts = parsed(await this.forms.write('body-facts', retrieved, encoding), retrieved, operation);
    return facts && { ...facts, page };
  }

  @ResolveField(() => Links, { nullable: true, description: 'The links of the page.' })
  links(@Parent() page: Page, @Args() options: LinksOptions, @Context() { operation }: OperationContext): Promise<unknown> {
    return this.#read('links', page, options, operation);
  }

  @ResolveField(() => Selection, { nullable: true, description: 'The elements that a CSS selector matches.' })
  select(@Parent() page: Page, @Args() options: SelectOptions, @Context() { operation }: OperationContext): Promise<unknown> {
    return this.#read('select', page, options, operation);
  }

  @ResolveField(() => Tags, { nullable: true, description: 'Elements of the page, by local name.' })
  tags(@Parent() page: Page, @Args() options: TagsOptions, @Context() { operation }: OperationContext): Promise<unknown> {
    return this.#read('tags', page, options, operation);
  }

  @ResolveField(() => WordCount, { nullable: true, description: 'The words of the page and how often each occurs.' })
  wordCount(@Parent() page: Page, @Args() options: WordCountOptions, @Context() { operation }: OperationContext): Promise<unknown> {
    return this.#read('wordcount', page, options, operation);
  }

  async #read(view: string, { retrieved, encoding }: Page, options: object, operation: Operation): Promise<unknown> {
    return parsed(Buffer.concat(await this.parse.read(view, retrieved, options, encoding)), retrieved, operation);
  }
}

/** JSON from another process, as far as the operation may hold it. */
export function parsed(json: Buffer, { snapshot: { url } }: Retrieved, operation: Operation): object | null {
  operation.spend(json.byteLength, url);
  const answer = JSON.parse(json.toString()) as object | null;
  return answer && unhurried(answer);
}
