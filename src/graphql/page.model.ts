import { Int, ObjectType } from '@nestjs/graphql';
import { Property } from '../api/property.decorator.ts';
import { Url } from '../api/scalars.model.ts';
import { Redirect, TargetAnswer } from '../fetch/fetch.model.ts';
import type { TargetRequest } from '../fetch/fetch.service.ts';
import type { PassSource } from '../parse/parse.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';

/** What views are read off. */
export interface Readable {
  /** Not a field: the document. */
  source: PassSource;
}

/** A snapshot, and what can be read off it. The fields that take arguments are in page.resolver.ts and views.ts. */
@ObjectType({ description: 'What one retrieval brought back, and what can be read off it. However many fields ask, it is retrieved once.' })
export class Page extends TargetAnswer implements Readable {
  @Property(() => String, { description: 'Reason phrase.', example: 'OK' })
  statusText!: string;

  @Property(() => String, { description: 'HTTP version of the final response.', example: '1.1' })
  httpVersion!: string;

  @Property(() => Boolean, { description: 'The status is from 200 to 299.', example: true })
  ok!: boolean;

  @Property(() => Boolean, { description: 'A redirect was followed.', example: false })
  redirected!: boolean;

  @Property(() => Int, { description: 'Bytes of the final response head, its blank line included.', example: 394 })
  headerBytes!: number;

  @Property(() => [Redirect], { description: 'The redirects that were followed, in order.', example: [] })
  redirects!: Redirect[];

  source!: { retrieved: Retrieved; encoding: string | undefined };

  /** Not a field: how it was asked for, which is how its links are followed. */
  target!: TargetRequest;
}

/** A document of the caller's own. Its fields are those of views.ts. */
@ObjectType('Document', { description: 'A document that you send, and what can be read off it. Nothing is retrieved.' })
export class InlineDocument implements Readable {
  @Property(() => Url, {
    nullable: true,
    description: 'What its links are resolved against, as given.',
    example: 'http://example.com/',
  })
  baseUrl!: string | null;

  source!: { html: string; baseUrl: string | null };
}
