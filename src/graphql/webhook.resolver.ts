import { Args, Context, ID, Info, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { currentOwner } from '../jobs/current-owner.ts';
import { DeliveriesOptions, RotateSecretArgs } from '../webhooks/webhook.args.ts';
import { Deliveries, Delivery, WebhookAnswer } from '../webhooks/webhook.model.ts';
import { WebhooksService } from '../webhooks/webhooks.service.ts';
import { type OperationContext, sized } from './operation.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';

const ID_OF_DELIVERY = { type: () => ID, description: 'The id of a delivery. Example: `"msg_p7Yf3v0bq1yQ8o2JmVwQ1g"`.' };

@Resolver(() => Delivery)
export class WebhookResolver {
  constructor(private readonly webhooks: WebhooksService) {}

  @Query(() => Delivery, { nullable: true, description: 'What is told to a webhook, and each attempt to tell it.' })
  delivery(
    @Args('id', ID_OF_DELIVERY) id: string,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Delivery> {
    return operation.answer(repetitionOf(info), async () => sized(await this.webhooks.find(id, currentOwner())));
  }

  @Query(() => Deliveries, { nullable: true, description: 'What happened and was or is to be told to webhooks, newest first.' })
  deliveries(
    @Args() args: DeliveriesOptions,
    @Context() { operation }: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return operation.answer(repetitionOf(info), async () => {
      const { total, deliveries } = await this.webhooks.list(args, currentOwner(), null);
      return sized(unhurried({ total, deliveries }));
    });
  }

  @Mutation(() => Delivery, { description: 'Tries a delivery again now, whatever became of it, under the same id.' })
  replayDelivery(@Args('id', ID_OF_DELIVERY) id: string): Promise<Delivery> {
    return this.webhooks.replay(id, currentOwner());
  }

  @Mutation(() => WebhookAnswer, {
    description: 'Signs what is posted to a webhook with a new secret from now on, and for a while with those before it as well.',
  })
  rotateWebhookSecret(@Args() { id, ...rotation }: RotateSecretArgs): Promise<WebhookAnswer> {
    return this.webhooks.rotate(id, rotation, currentOwner());
  }
}
