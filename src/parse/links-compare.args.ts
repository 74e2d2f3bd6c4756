import { ArgsType } from '@nestjs/graphql';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { FoundBy, LinkReason } from './links-compare.model.ts';

/** Which entries of the comparison are wanted. */
@ArgsType()
export class LinksCompareOptions extends PageArgs {
  @Parameter({ type: FoundBy, description: 'Only what was found in this way.', example: 'regex' })
  foundBy?: FoundBy;

  @Parameter({ type: LinkReason, description: 'Only what differs for this reason.', example: 'relative' })
  reason?: LinkReason;
}
