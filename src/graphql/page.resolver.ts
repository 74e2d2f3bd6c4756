import { Args, Context, Info, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Json } from '../api/json.model.ts';
import { TargetArgs } from '../api/target.args.ts';
import { headersAnswer } from '../fetch/answers.ts';
import { Body, Exchange, HeaderField } from '../fetch/fetch.model.ts';
import type { TargetRequest } from '../fetch/fetch.service.ts';
import { FormService } from '../fetch/form.service.ts';
import type { WrittenForm } from '../fetch/snapshot-form.ts';
import { viewsAskedOf } from './asked-fields.ts';
import { type Operation, type OperationContext, type Path, type Sized, sized } from './operation.ts';
import { HeadersOptions, PageRequestArgs, PagesArgs, PaginateOptions, SnapshotIdArgs } from './page.args.ts';
import { Page } from './page.model.ts';
import { sizedPage } from './page-of.ts';
import { paginate } from './paginate.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';
import { ReadsViews } from './views.resolver.ts';

@ReadsViews()
@Resolver(() => Page)
export class PageResolver {
  constructor(private readonly forms: FormService) {}

  @Query(() => Page, { nullable: true, description: 'Retrieves a target. The same request twice in an operation is sent once.' })
  page(@Args() request: PageRequestArgs, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<Page> {
    return this.#page(request, operation, info.path, info);
  }

  @Query(() => [Page], {
    nullable: 'items',
    description: 'Retrieves several targets in the same way. One that fails is null, with an error of its own; the others are answered.',
  })
  pages(
    @Args() { urls, ...how }: PagesArgs,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page>[] {
    return urls.map((url, key) => this.#page({ ...how, url }, operation, { key, prev: info.path }, info));
  }

  @Query(() => Page, {
    nullable: true,
    description: 'What an earlier retrieval brought back. Nothing is retrieved; what the snapshot holds but the head of has no body.',
  })
  snapshot(@Args() { id }: SnapshotIdArgs, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<Page> {
    return this.#page(Object.assign(new TargetArgs(), { snapshot: id }), operation, info.path, info);
  }

  @ResolveField(() => [HeaderField], { description: 'Header fields of the final response, as sent.' })
  headers(
    @Parent() { source }: Page,
    @Args() { name }: HeadersOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<HeaderField[]> {
    const { headers } = headersAnswer(source.retrieved);
    const wanted = name === undefined ? headers : headers.filter((field) => field.name.toLowerCase() === name.toLowerCase());
    return operation.answer(repetitionOf(info), () => sized(wanted));
  }

  @ResolveField(() => [Exchange], { description: 'Every exchange, in order.' })
  exchanges(
    @Parent() { source }: Page,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Exchange[]> {
    return operation.answer(repetitionOf(info), () => sized(source.retrieved.snapshot.exchanges));
  }

  @ResolveField(() => Body, { description: 'The content; null when the snapshot holds a response head alone.', nullable: true })
  async body(@Parent() page: Page, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    const { retrieved, encoding } = page.source;
    const read = (): Promise<Buffer> => this.forms.write('body-facts', retrieved, encoding);
    const view = { view: 'body-facts', encoding };
    const facts = await operation.answer(repetitionOf(info), () => operation.read(retrieved, view, read));
    return facts && { ...unhurried(facts), page };
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The literal requests and responses, as they went over the connection: what /wire answers.',
  })
  wire(@Parent() page: Page, @Context() { operation }: OperationContext): Promise<unknown> {
    return operation.answer(1, () => this.#form('wire', page, operation));
  }

  @ResolveField(() => Json, { nullable: true, description: 'The snapshot as an HTTP Archive (HAR 1.2).' })
  har(@Parent() page: Page, @Context() { operation }: OperationContext): Promise<unknown> {
    return operation.answer(1, () => this.#form('har', page, operation));
  }

  @ResolveField(() => String, { nullable: true, description: 'The snapshot as a curl command that repeats it.' })
  curl(@Parent() page: Page, @Context() { operation }: OperationContext): Promise<unknown> {
    return operation.answer(1, () => this.#form('curl', page, operation));
  }

  @ResolveField(() => [Page], {
    nullable: 'items',
    description:
      'The page, then the page that its next link leads to, and so on: until there is no such link, it leads to a page that was there before, or there are enough. What cannot be retrieved is null, with an error, and the last.',
  })
  async paginate(
    @Parent() page: Page,
    @Args() options: PaginateOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<(Page | Error)[]> {
    return paginate(page, options, operation, { path: info.path, repetition: repetitionOf(info), views: await viewsAskedOf(info) });
  }

  #page(request: TargetRequest, operation: Operation, path: Path, info: GraphQLResolveInfo): Promise<Page> {
    return operation.answer(repetitionOf(info), async () => sizedPage(await operation.retrieve(request, path), request));
  }

  #form(form: WrittenForm, { source }: Page, operation: Operation): Promise<Sized<object | null>> {
    const { retrieved, encoding } = source;
    const read = async (): Promise<Buffer> => {
      const written = await this.forms.write(form, retrieved, encoding);
      return form === 'har' ? written : Buffer.from(JSON.stringify(written.toString()));
    };
    return operation.read(retrieved, { view: form, encoding }, read);
  }
}
