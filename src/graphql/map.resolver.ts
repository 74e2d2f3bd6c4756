import { Args, Context, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { MapGraphArgs } from '../sites/map.args.ts';
import { SiteMap } from '../sites/map.model.ts';
import { MapService } from '../sites/map.service.ts';
import { type OperationContext, sized } from './operation.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';

@Resolver()
export class MapResolver {
  constructor(private readonly maps: MapService) {}

  @Query(() => SiteMap, {
    nullable: true,
    description: 'The URLs of a site, by its sitemaps and the links of a few pages. Each of what is read for it is a retrieval.',
  })
  map(@Args() args: MapGraphArgs, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<object> {
    return operation.answer(repetitionOf(info), async () => {
      const map = await this.maps.map(args, null, (request) => operation.retrieve(request, info.path));
      return sized(unhurried(map));
    });
  }
}
