import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Body } from '../fetch/fetch.model.ts';
import { FormService } from '../fetch/form.service.ts';
import type { OperationContext } from './operation.ts';
import type { Page } from './page.model.ts';

/** A content as the graph shows it: it is read only where it is asked for. */
type PageBody = Body & { page: Page };

@Resolver(() => Body)
export class BodyResolver {
  constructor(private readonly forms: FormService) {}

  @ResolveField('text')
  async text(@Parent() body: PageBody, @Context() context: OperationContext): Promise<string | null> {
    return body.encoding === null ? null : (await this.#read(body, context)).text;
  }

  @ResolveField('base64')
  async base64(@Parent() body: PageBody, @Context() context: OperationContext): Promise<string | null> {
    return body.encoding === null ? (await this.#read(body, context)).base64 : null;
  }

  async #read({ page: { source } }: PageBody, { operation }: OperationContext): Promise<Body> {
    const { retrieved, encoding } = source;
    const read = (): Promise<Buffer> => this.forms.write('body', retrieved, encoding);
    return (await operation.answer(1, () => operation.read(retrieved, { view: 'body', encoding }, read))) as Body;
  }
}
