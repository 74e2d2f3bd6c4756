import { Args, Context, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Problem } from '../api/problem.model.ts';
import { CompareArgs } from '../compare/compare.args.ts';
import { CompareAnswer } from '../compare/compare.model.ts';
import { CompareService } from '../compare/compare.service.ts';
import { Exchange } from '../fetch/fetch.model.ts';
import { GraphFields } from './field.decorator.ts';
import type { OperationContext } from './operation.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';

@Resolver()
export class CompareResolver {
  constructor(private readonly comparing: CompareService) {}

  @Query(() => CompareAnswer, {
    nullable: true,
    description:
      'Retrieves 2 to 5 variants of one request at the same time, and says what differs between their answers. Each is a retrieval.',
  })
  async compare(@Args() args: CompareArgs, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    const compared = await operation.answer(repetitionOf(info), () =>
      operation.variants({ ...args, cache: 'reload' }, (retrieve) => this.comparing.compare(args, retrieve)),
    );
    return compared && unhurried(compared);
  }
}

@GraphFields([
  {
    name: 'exchanges',
    type: () => [Exchange],
    description: 'The exchanges that did succeed before it failed, in order. None where policy forbids the target.',
    resolve: ({ exchanges }: Problem) => exchanges,
  },
])
@Resolver(() => Problem)
export class ProblemResolver {}
