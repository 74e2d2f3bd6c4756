import { applyDecorators } from '@nestjs/common';
import { Field } from '@nestjs/graphql';
import { ApiProperty } from '@nestjs/swagger';
import { withExample } from './property.decorator.ts';

interface BodyMemberOptions {
  /** `String`, the class of an object, or a list of one of them. */
  type: () => unknown;
  description: string;
  required: boolean;
  example?: unknown;
  default?: string;
  /** Bounds, as JSON Schema says them; validators hold a value to them. */
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  pattern?: string;
}

/** One member of a JSON body that no query string can carry, as an argument of the graph, too: with one description. */
export function BodyMember({ type, ...options }: BodyMemberOptions): PropertyDecorator {
  const { description, required, example } = options;
  return applyDecorators(
    Field(type as () => StringConstructor, { description: withExample(description, type(), example), nullable: !required }),
    ApiProperty({ ...options, type: type() === String ? String : type }),
  );
}
