import { ArgsType } from '@nestjs/graphql';
import { Parameter } from './parameter.decorator.ts';

/** Entries that one answer may have. */
export const MOST_ENTRIES = 100_000;

/** Which part of a long list is wanted. */
@ArgsType()
export class PageArgs {
  @Parameter({ type: 'integer', minimum: 1, maximum: MOST_ENTRIES, description: 'Most entries to answer; without it, all.', example: 100 })
  limit?: number;

  @Parameter({ type: 'integer', minimum: 0, maximum: 2_147_483_647, default: 0, description: 'Entries to pass over.', example: 0 })
  offset = 0;
}
