import { ID, Int, ObjectType } from '@nestjs/graphql';
import { Problem } from '../api/problem.model.ts';
import { Property } from '../api/property.decorator.ts';

@ObjectType('Variant', { description: 'What one variant of the request brought back.' })
export class VariantAnswer {
  @Property(() => String, { description: 'Name of the variant: as given, or its number.', example: 'mobile' })
  name!: string;

  @Property(() => ID, { description: 'Id of its snapshot; null when it failed.', nullable: true, example: 'p7Yf3v0bq1yQ8o2JmVwQ1g' })
  snapshot!: string | null;

  @Property(() => String, { description: 'URL of the final response.', nullable: true, example: 'https://m.example.com/' })
  finalUrl!: string | null;

  @Property(() => Int, { description: 'Status code of the final response.', nullable: true, example: 200 })
  status!: number | null;

  @Property(() => String, { description: 'Media type of the content.', nullable: true, example: 'text/html' })
  mediaType!: string | null;

  @Property(() => String, { description: 'Content codings as declared.', nullable: true, example: 'gzip' })
  contentEncoding!: string | null;

  @Property(() => Int, { description: 'Bytes of the content as coded.', nullable: true, example: 4096 })
  transferBytes!: number | null;

  @Property(() => Int, { description: 'Bytes of the content.', nullable: true, example: 16384 })
  bytes!: number | null;

  @Property(() => String, {
    description: 'SHA-256 of the content, hexadecimal.',
    nullable: true,
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  })
  sha256!: string | null;

  @Property(() => Int, { description: 'How many links it has; null for what is not a document.', nullable: true, example: 12 })
  links!: number | null;

  @Property(() => Int, { description: 'How many words it has; null for what has no text.', nullable: true, example: 340 })
  words!: number | null;

  @Property(() => Problem, { description: 'Why it failed; null when it did not.', nullable: true })
  problem!: Problem | null;
}

@ObjectType({ description: 'What one variant has of something.' })
export class VariantValue {
  @Property(() => String, { description: 'Name of the variant.', example: 'mobile' })
  variant!: string;

  @Property(() => String, { description: 'Its value; null where it has none.', nullable: true, example: 'de' })
  value!: string | null;
}

@ObjectType({ description: 'Something that is not the same for all variants: a value for each of them, in their order.' })
export class Difference {
  @Property(() => String, {
    description: 'What differs: a member of the answer, a header field, a URL or a word.',
    example: 'Content-Language',
  })
  name!: string;

  @Property(() => [VariantValue], { description: 'Its value for each variant.', example: [{ variant: 'mobile', value: 'de' }] })
  values!: VariantValue[];
}

@ObjectType({ description: 'Whether the target says which request fields its answer depends on (RFC 9110, section 12.5.5).' })
export class VaryReport {
  @Property(() => [String], { description: 'Request fields that `Vary` names, in lower case.', example: ['accept-encoding'] })
  declared!: string[];

  @Property(() => [String], {
    description: 'Request fields that differ between variants whose answers differ, and that `Vary` does not name.',
    example: ['user-agent'],
  })
  missing!: string[];

  @Property(() => String, { description: 'What that means, in words; null when nothing is missing.', nullable: true, example: null })
  advice!: string | null;
}

@ObjectType('Comparison', { description: 'Variants of one request, and what differs between their answers.' })
export class CompareAnswer {
  @Property(() => String, { description: 'Target URL, as asked.', example: 'https://example.com/' })
  url!: string;

  @Property(() => Boolean, { description: 'No variant failed; status, final URL and content are the same for all.', example: false })
  same!: boolean;

  @Property(() => [VariantAnswer], { description: 'What each variant brought back.' })
  variants!: VariantAnswer[];

  @Property(() => [Difference], {
    description: 'Members of the answer that differ.',
    example: [{ name: 'status', values: [{ variant: 'plain', value: '200' }] }],
  })
  differences!: Difference[];

  @Property(() => [Difference], {
    description: 'Header fields of the final response that differ; several of one name are joined by a line feed.',
  })
  headers!: Difference[];

  @Property(() => [Difference], { description: 'Links that not every variant has equally often: how often each has it. The first 200.' })
  links!: Difference[];

  @Property(() => [Difference], {
    description: 'Words that not every variant has equally often: how often each has it, most different first. The first 200.',
  })
  words!: Difference[];

  @Property(() => VaryReport, { description: 'Whether the target says what its answer depends on.' })
  vary!: VaryReport;
}
