import { Int, ObjectType } from '@nestjs/graphql';
import { Property } from '../api/property.decorator.ts';
import { Redirect, TargetAnswer } from '../fetch/fetch.model.ts';
import type { Retrieved } from '../fetch/retrieved.ts';

/** A snapshot, and what can be read off it. The fields that take arguments are in page.resolver.ts. */
@ObjectType({ description: 'What one retrieval brought back, and what can be read off it. However many fields ask, it is retrieved once.' })
export class Page extends TargetAnswer {
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

  /** Not a field: what the fields are read off. */
  retrieved!: Retrieved;

  /** Not a field: the encoding that the caller asked for. */
  encoding!: string | undefined;
}
