import { ArgsType } from '@nestjs/graphql';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { LinkKind, LinkMethod } from './links.model.ts';

/** Which links are wanted. */
@ArgsType()
export class LinksOptions extends PageArgs {
  @Parameter({ type: LinkMethod, default: 'parser', description: 'How links are found.', example: 'parser' })
  method: LinkMethod = 'parser';

  @Parameter({ type: 'boolean', default: false, description: 'Drops every link whose `url` came before.', example: true })
  unique = false;

  @Parameter({ type: 'list', description: 'Only links of these elements: `a`, `area`. Not for `method=regex`.', example: ['a'] })
  element?: string[];

  @Parameter({ type: LinkKind, description: 'Only links of this kind.', example: 'external' })
  kind?: LinkKind;
}
