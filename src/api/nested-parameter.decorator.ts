import { applyDecorators } from '@nestjs/common';
import { Field } from '@nestjs/graphql';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { noteNested } from './nested-parameters.ts';

interface NestedOptions {
  description: string;
  example?: unknown;
}

/** A parameter that is an object with parameters of its own, which its class declares: for a JSON body, or for the graph. */
export function NestedParameter(
  type: new () => object,
  face: 'rest' | 'graph',
  { description, example }: NestedOptions,
): PropertyDecorator {
  return applyDecorators(
    (target: object, name: string | symbol) => {
      noteNested(target, String(name), type);
    },
    face === 'graph'
      ? Field(() => type, { description, nullable: true })
      : ApiProperty({ type, description, required: false, ...(example !== undefined && { example }) }),
    ValidateNested(),
    Type(() => type),
    IsObject({ message: 'must be an object' }),
    IsOptional(),
  );
}
