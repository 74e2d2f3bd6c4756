import { Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnswersGet } from '../api/answer.decorator.ts';
import { trimmed } from '../api/fields.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import { DeliveriesArgs, DeliveryArgs, DeliveryPath } from './webhook.args.ts';
import { DeliveriesAnswer, Delivery } from './webhook.model.ts';
import { WebhooksService } from './webhooks.service.ts';

const DELIVERIES = {
  type: DeliveriesAnswer,
  name: 'getDeliveries',
  summary: 'What is told to webhooks',
  description: 'What happened and was or is to be told, newest first, each with its attempts. It is kept for as long as what it tells of.',
};
const DELIVERY = { type: Delivery, name: 'getDelivery', summary: 'A delivery', description: 'What is told, and each attempt to tell it.' };

@ApiTags('Webhooks')
@Controller('webhooks/deliveries')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @AnswersGet('', DELIVERIES)
  async list(@Query() { fields, ...args }: DeliveriesArgs, @RequestUrl() here: string): Promise<object> {
    return trimmed(await this.webhooks.list(args, currentOwner(), here), fields);
  }

  @AnswersGet(':id', DELIVERY)
  async find(@Param() { id }: DeliveryPath, @Query() { fields }: DeliveryArgs): Promise<object> {
    return trimmed(await this.webhooks.find(id, currentOwner()), fields);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayDelivery',
    summary: 'Deliver again',
    description: 'Tries a delivery again now, whatever became of it, under the same id, and from the beginning of the schedule.',
  })
  @ApiOkResponse({ type: Delivery, description: 'The delivery, which is tried now.' })
  replay(@Param() { id }: DeliveryPath): Promise<Delivery> {
    return this.webhooks.replay(id, currentOwner());
  }
}
