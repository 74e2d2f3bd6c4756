import { ArgsType } from '@nestjs/graphql';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';

/** Which elements are wanted. */
@ArgsType()
export class TagsOptions extends PageArgs {
  @Parameter({
    type: 'string',
    maxLength: 200,
    default: 'a',
    description: 'Local name of the elements, letter case ignored in HTML; `*` for all.',
    example: 'a',
  })
  tag = 'a';

  @Parameter({
    type: 'string',
    maxLength: 200,
    description: 'Only elements that have this attribute, letter case ignored in HTML.',
    example: 'href',
  })
  attr?: string;
}
