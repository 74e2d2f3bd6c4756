import { ArgsType, Field, ID } from '@nestjs/graphql';
import { IntersectionType, OmitType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, IsUrl, Length, MaxLength } from 'class-validator';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import { RequestBody, WireOptions } from '../fetch/fetch.args.ts';

/** A target, and the request to send to it. */
@ArgsType()
export class PageRequestArgs extends IntersectionType(IntersectionType(TargetArgs, RequestBody, ArgsType), WireOptions, ArgsType) {}

/** Several targets that are retrieved in the same way. */
@ArgsType()
export class PagesArgs extends OmitType(PageRequestArgs, ['url', 'snapshot'] as const, ArgsType) {
  @Field(() => [String], { description: 'The target URLs: absolute, http or https, 1 to 1,000 of them.' })
  @Length(1, 8192, { each: true, message: 'must have 1 to 8192 characters each' })
  @IsString({ each: true, message: 'must be a list of texts' })
  @ArrayMaxSize(1000, { message: 'must be a list of at most 1000' })
  @ArrayMinSize(1, { message: 'must name one at least' })
  @IsArray({ message: 'must be a list' })
  urls!: string[];
}

/** Which snapshot is meant. */
@ArgsType()
export class SnapshotIdArgs {
  @Field(() => ID, { description: 'The id of a snapshot, as an earlier answer named it.' })
  @Length(1, 64, { message: 'must have 1 to 64 characters' })
  @IsString({ message: 'must be text' })
  id!: string;
}

/** A document of the caller's own. */
@ArgsType()
export class InlineDocumentArgs {
  @Field(() => String, { description: 'The document, as HTML.' })
  @IsString({ message: 'must be text' })
  html!: string;

  @Field(() => String, { nullable: true, description: 'What its links are resolved against: absolute, http or https.' })
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }, { message: 'must be an absolute http or https URL' })
  @MaxLength(8192, { message: 'must have at most 8192 characters' })
  @IsOptional()
  baseUrl?: string | null;
}

/** Which header fields are wanted. */
@ArgsType()
export class HeadersOptions {
  @Parameter({
    type: 'string',
    maxLength: 256,
    allowEmpty: true,
    description: 'Only fields of this name, letter case ignored.',
    example: 'content-type',
  })
  name?: string;
}

/** Where the next page is, and how many are wanted. */
@ArgsType()
export class PaginateOptions {
  @Parameter({
    type: 'string',
    maxLength: 1000,
    required: true,
    description: 'A CSS selector: the first link of the first element that it matches leads to the next page.',
    example: 'a.next, link[rel=next]',
  })
  selector!: string;

  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: 1000,
    default: 10,
    description: 'How many pages at most, the first included.',
    example: 3,
  })
  limit = 10;
}
