import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { OperationContext } from './operation.ts';
import { InlineDocumentArgs } from './page.args.ts';
import { InlineDocument } from './page.model.ts';
import { ReadsViews } from './views.resolver.ts';

@ReadsViews()
@Resolver(() => InlineDocument)
export class DocumentResolver {
  @Query(() => InlineDocument, {
    nullable: true,
    description: 'A document of your own, to be read like a page. Nothing is retrieved for it.',
  })
  document(@Args() { html, baseUrl = null }: InlineDocumentArgs, @Context() { operation }: OperationContext): object {
    return { baseUrl, source: operation.inline(html, baseUrl) };
  }
}
