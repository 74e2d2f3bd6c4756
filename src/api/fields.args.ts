import { ValidateBy, type ValidationArguments } from 'class-validator';
import { unknownMember } from './model-shape.ts';
import { Parameter } from './parameter.decorator.ts';

/** Members at fault that one refusal names. */
const MOST_NAMED = 10;

/** What is wrong with the members that `fields` names; empty where nothing is. What is no list of texts others refuse. */
function faults(model: object, fields: unknown): string[] {
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((path: unknown) => (typeof path === 'string' ? (unknownMember(model, path) ?? []) : [])).slice(0, MOST_NAMED);
}

/**
 * The parameter of everything that answers with this model as JSON. Not for the graph, which selects by itself. `example` names members of it.
 *
 * @example
 * class HeadersArgs extends IntersectionType(TargetArgs, FieldsOf(HeadersAnswer, ['status', 'headers.name'])) {}
 */
export function FieldsOf(model: object, example: string[]): new () => { fields?: string[] } {
  class FieldsArgs {
    @Parameter({
      type: 'list',
      description:
        'Members of the answer: it then has no others. Dotted names go into objects, and into each entry of lists; `total` and `next` are members as any other. Problems are told whole.',
      example,
    })
    @ValidateBy({
      name: 'fields',
      validator: {
        validate: (value: unknown) => faults(model, value).length === 0,
        defaultMessage: (given?: ValidationArguments) => faults(model, given?.value).join('; '),
      },
    })
    fields?: string[];
  }
  return FieldsArgs;
}
