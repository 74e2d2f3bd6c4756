import { ApiProperty, IntersectionType, OmitType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { FieldsOf } from '../api/fields.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import { RequestBody, TargetBody } from '../fetch/fetch.args.ts';
import { CompareAnswer } from './compare.model.ts';

/** One variant: what it says replaces what the request says; its header fields replace those of the same name. */
export class VariantInput extends IntersectionType(PickType(TargetBody, ['userAgent', 'acceptLanguage']), RequestBody) {
  @Parameter({
    type: 'string',
    maxLength: 100,
    description: 'What the answer calls this variant; its number unless given.',
    example: 'mobile',
  })
  name?: string;

  @Parameter({ type: 'boolean', description: 'Skips the checks of the certificate.', example: true })
  insecureTls?: boolean;
}

const FIELDS = FieldsOf(CompareAnswer, ['same', 'variants.sha256']);

/** A request, and 2 to 5 variants of it. */
export class CompareBody extends IntersectionType(OmitType(TargetArgs, ['snapshot', 'cache']), RequestBody, FIELDS) {
  @ApiProperty({
    type: () => [VariantInput],
    description: 'The variants: 2 to 5 of them. One may be empty: the request as it is.',
    minItems: 2,
    maxItems: 5,
    required: true,
    example: [{ name: 'desktop' }, { name: 'mobile', userAgent: 'Mozilla/5.0 (iPhone)' }],
  })
  @ValidateNested({ each: true })
  @Type(() => VariantInput)
  @ArrayMaxSize(5, { message: 'must be 2 to 5 variants' })
  @ArrayMinSize(2, { message: 'must be 2 to 5 variants' })
  @IsArray({ message: 'must be a list of variants' })
  variants!: VariantInput[];
}
