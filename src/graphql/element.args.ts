import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { LinksOptions } from '../parse/links.args.ts';
import { LinkKind } from '../parse/links.model.ts';

/** Which attribute is wanted. */
@ArgsType()
export class AttributeOptions {
  @Parameter({
    type: 'string',
    maxLength: 1000,
    required: true,
    description: 'Name of the attribute, letter case ignored in HTML.',
    example: 'href',
  })
  name!: string;
}

/** Which of the children are wanted. */
@ArgsType()
export class ChildrenOptions extends PageArgs {}

@InputType({ description: 'Which links are followed where `page` is asked of them.' })
export class FollowInput {
  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    description: 'How many pages at most, in the order of the links; links to a page that is followed already count no further.',
    example: 3,
  })
  first?: number;

  @Parameter({ type: 'boolean', default: false, description: 'Only links to the origin of the document.', example: true })
  sameOrigin = false;

  @Parameter({ type: LinkKind, description: 'Only links of this kind.', example: 'internal' })
  kind?: LinkKind;

  @Parameter({
    type: 'string',
    maxLength: 1000,
    description: 'Only links with this in their `url` or `text`, letter case ignored.',
    example: 'next',
  })
  contains?: string;
}

/** Which links are wanted, and which of them are followed. */
@ArgsType()
export class FollowableLinksOptions extends LinksOptions {
  @Field(() => FollowInput, {
    nullable: true,
    description: 'Which of the links are followed where `page` is asked of them: of the others it is null. Without it, all are.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => FollowInput)
  follow?: FollowInput;
}
