import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnswersGet } from '../api/answer.decorator.ts';
import { trimmed } from '../api/fields.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import { DeliveriesArgs, DeliveryArgs, DeliveryPath, SecretRotation, WebhookPath } from './webhook.args.ts';
import { DeliveriesAnswer, Delivery, WebhookAnswer } from './webhook.model.ts';
import { WebhooksService } from './webhooks.service.ts';

const DELIVERIES = {
  type: DeliveriesAnswer,
  name: 'getDeliveries',
  summary: 'What is told to webhooks',
  description: 'What happened and was or is to be told, newest first, each with its attempts. It is kept for as long as what it tells of.',
};
const DELIVERY = { type: Delivery, name: 'getDelivery', summary: 'A delivery', description: 'What is told, and each attempt to tell it.' };

@ApiTags('Webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @AnswersGet('deliveries', DELIVERIES)
  async list(@Query() { fields, ...args }: DeliveriesArgs, @RequestUrl() here: string): Promise<object> {
    return trimmed(await this.webhooks.list(args, currentOwner(), here), fields);
  }

  @AnswersGet('deliveries/:id', DELIVERY)
  async find(@Param() { id }: DeliveryPath, @Query() { fields }: DeliveryArgs): Promise<object> {
    return trimmed(await this.webhooks.find(id, currentOwner()), fields);
  }

  @Post('deliveries/:id/replay')
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

  @Post(':id/secret/rotate')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'rotateSecret',
    summary: 'Replace the secret of a webhook',
    description:
      'Signs what is posted with a new secret from now on, and for a while with those before it as well: `webhook-signature` has several signatures then, and a receiver looks for one by the secret that it knows, as Standard Webhooks has it.',
  })
  @ApiBody({
    type: SecretRotation,
    required: false,
    examples: { hour: { summary: 'The old one for an hour', value: { gracePeriodS: 3600 } } },
  })
  @ApiOkResponse({ type: WebhookAnswer, description: 'The webhook, with the secret that was made for it.' })
  rotate(@Param() { id }: WebhookPath, @Body() body: SecretRotation): Promise<WebhookAnswer> {
    return this.webhooks.rotate(id, body, currentOwner());
  }
}
