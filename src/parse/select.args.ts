import { ArgsType } from '@nestjs/graphql';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';

/** Which elements are wanted. */
@ArgsType()
export class SelectOptions extends PageArgs {
  @Parameter({ type: 'string', required: true, maxLength: 1000, description: 'A CSS selector.', example: 'article > h1' })
  selector!: string;
}
