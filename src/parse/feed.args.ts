import { ArgsType } from '@nestjs/graphql';
import { PageArgs } from '../api/page.args.ts';

/** Which items are wanted. */
@ArgsType()
export class FeedOptions extends PageArgs {}
