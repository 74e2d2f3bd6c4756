import { applyDecorators } from '@nestjs/common';
import * as graph from '@nestjs/graphql';
import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { ApiProperty, IntersectionType, OmitType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { FieldsOf } from '../api/fields.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import { RequestBody, TargetBody } from '../fetch/fetch.args.ts';
import { CompareAnswer } from './compare.model.ts';

/** What a variant has besides what a request has. */
@ArgsType()
class VariantMembers {
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

/** One variant: what it says replaces what the request says; its header fields replace those of the same name. */
export class VariantInput extends IntersectionType(PickType(TargetBody, ['userAgent', 'acceptLanguage']), RequestBody, VariantMembers) {}

/** The same for the graph, whose library makes its classes by itself. */
@InputType('VariantInput', {
  description: 'One variant: what it says replaces what the request says; its header fields replace those of the same name.',
})
export class GraphVariantInput extends graph.IntersectionType(
  graph.IntersectionType(graph.PickType(TargetArgs, ['userAgent', 'acceptLanguage'] as const, InputType), RequestBody, InputType),
  VariantMembers,
  InputType,
) {}

function areVariants(Variant: new () => object): PropertyDecorator {
  return applyDecorators(
    ValidateNested({ each: true }),
    Type(() => Variant),
    ArrayMaxSize(5, { message: 'must be 2 to 5 variants' }),
    ArrayMinSize(2, { message: 'must be 2 to 5 variants' }),
    IsArray({ message: 'must be a list of variants' }),
  );
}

const VARIANTS = 'The variants: 2 to 5 of them. One may be empty: the request as it is.';

const FIELDS = FieldsOf(CompareAnswer, ['same', 'variants.sha256']);

/** A request, and 2 to 5 variants of it. */
export class CompareBody extends IntersectionType(OmitType(TargetArgs, ['snapshot', 'cache']), RequestBody, FIELDS) {
  @ApiProperty({
    type: () => [VariantInput],
    description: VARIANTS,
    minItems: 2,
    maxItems: 5,
    required: true,
    example: [{ name: 'desktop' }, { name: 'mobile', userAgent: 'Mozilla/5.0 (iPhone)' }],
  })
  @areVariants(VariantInput)
  variants!: VariantInput[];
}

/** The same as arguments of the graph. */
@ArgsType()
export class CompareArgs extends graph.IntersectionType(
  graph.OmitType(TargetArgs, ['snapshot', 'cache'] as const, ArgsType),
  RequestBody,
  ArgsType,
) {
  @Field(() => [GraphVariantInput], { description: VARIANTS })
  @areVariants(GraphVariantInput)
  variants!: GraphVariantInput[];
}
