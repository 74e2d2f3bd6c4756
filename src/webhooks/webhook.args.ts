import { applyDecorators } from '@nestjs/common';
import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { ApiExtraModels, ApiProperty, getSchemaPath, IntersectionType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsObject, IsOptional, IsString, ValidateBy, ValidateNested } from 'class-validator';
import * as graph from '@nestjs/graphql';
import { FieldsOf } from '../api/fields.args.ts';
import { noteNested } from '../api/nested-parameters.ts';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { isSecret } from './sign.ts';
import { DeliveriesAnswer, Delivery, DeliveryState } from './webhook.model.ts';

/** A parameter that is a secret. */
function isASecret(description: string): PropertyDecorator {
  return applyDecorators(
    ValidateBy({ name: 'secret', validator: { validate: isSecretOrNot, defaultMessage: () => SECRET } }),
    Parameter({ type: 'string', maxLength: 100, description, example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }),
  );
}

/** Where events are to be told, and which. */
@InputType('WebhookInput', { description: 'Where it is told what becomes of something.' })
export class WebhookBody {
  @Parameter({
    type: 'string',
    required: true,
    description: 'Where events are posted to: absolute, http or https. Redirects are not followed.',
    example: 'https://example.com/hook',
  })
  url!: string;

  @isASecret(
    'What signs them, as Standard Webhooks writes it: `whsec_` and 24 to 64 bytes in base64. Without one it is made, and told in this answer alone.',
  )
  secret?: string;

  @Parameter({
    type: 'list',
    maxItems: 20,
    description: 'The types of the events that are wanted; all unless given.',
    example: ['batch.completed'],
  })
  events?: string[];
}

const SECRET = 'must be whsec_ and 24 to 64 bytes in base64';

function isSecretOrNot(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && isSecret(value));
}

/** A member of a JSON body that is a {@link WebhookBody}, or its URL alone. */
export function WebhookMember(description: string): PropertyDecorator {
  return applyDecorators(
    ApiExtraModels(WebhookBody),
    (target: object, name: string | symbol) => {
      noteNested(target, String(name), WebhookBody);
    },
    ApiProperty({
      oneOf: [{ type: 'string' }, { $ref: getSchemaPath(WebhookBody) }],
      description: `${description} A URL, or an object with it.`,
      required: false,
      example: 'https://example.com/hook',
    }),
    ValidateNested(),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Object.assign(new WebhookBody(), { url: value }) : value)),
    Type(() => WebhookBody),
    IsObject({ message: 'must be a URL, or an object with one' }),
    IsOptional(),
  );
}

/** The same as an argument of the graph, where it is an object. */
export function WebhookArgument(description: string): PropertyDecorator {
  return applyDecorators(
    Field(() => WebhookBody, { description, nullable: true }),
    ValidateNested(),
    Type(() => WebhookBody),
    IsOptional(),
  );
}

/** What replaces the secret of a webhook. */
@ArgsType()
export class SecretRotation {
  @isASecret(
    'The new secret, as Standard Webhooks writes it: `whsec_` and 24 to 64 bytes in base64. Without one it is made, and told in this answer alone.',
  )
  secret?: string;

  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: 604_800,
    default: 86_400,
    description:
      'Seconds for which what is posted is signed by the secrets before it as well, five at most: time to tell all receivers. 0 ends them at once.',
    example: 86_400,
  })
  gracePeriodS = 86_400;
}

/** The same for the graph. */
@ArgsType()
export class RotateSecretArgs extends SecretRotation {
  @Field(() => graph.ID, { description: 'The id of a webhook. Example: `"p7Yf3v0bq1yQ8o2JmVwQ1g"`.' })
  @IsString({ message: 'must be text' })
  id!: string;
}

/** Which webhook is meant. */
export class WebhookPath {
  @Parameter({
    type: 'string',
    maxLength: 64,
    required: true,
    description: 'The id of a webhook, as the answer about what it belongs to names it.',
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  id!: string;
}

/** Which deliveries are wanted. */
@ArgsType()
class DeliveriesFilter {
  @Parameter({
    type: 'string',
    maxLength: 64,
    description: 'The id of what they tell of, such as a batch. All of yours unless given.',
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  of?: string;

  @Parameter({ type: DeliveryState, description: 'How they stand.', example: 'failed' })
  state?: DeliveryState;
}

export class DeliveriesArgs extends IntersectionType(
  PageArgs,
  DeliveriesFilter,
  FieldsOf(DeliveriesAnswer, ['total', 'deliveries.state']),
) {}
/** The same for the graph. */
@ArgsType()
export class DeliveriesOptions extends graph.IntersectionType(PageArgs, DeliveriesFilter, ArgsType) {}

export class DeliveryArgs extends FieldsOf(Delivery, ['state', 'attempts.status']) {}

/** Which delivery is meant. */
export class DeliveryPath {
  @Parameter({
    type: 'string',
    maxLength: 64,
    required: true,
    description: 'The id of a delivery: what its receiver is told as `webhook-id`.',
    example: 'msg_p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  id!: string;
}
