import 'reflect-metadata';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { Parameter } from './parameter.decorator.ts';

/** Members that one request may name: all that the largest answer has, several times over. */
const MOST_FIELDS = 200;

/** Members at fault that one refusal names. */
const MOST_NAMED = 10;

/** What is wrong with the members that `fields` names; empty where nothing is. What is no list of texts, or too long, others refuse. */
function faults(model: object, fields: unknown): string[] {
  if (!Array.isArray(fields) || fields.length > MOST_FIELDS) return [];
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
      maxItems: MOST_FIELDS,
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

/** What an answer or a part of it is made of: members by their names, any JSON, or a value without members. */
type Shape = ReadonlyMap<string, () => Shape> | 'json' | 'value';

/** Where @nestjs/swagger keeps what it is told of members, also of a class that is made of others. */
const NAMES = 'swagger/apiModelPropertiesArray';
const MEMBER = 'swagger/apiModelProperties';

/** What it was told of one. */
interface Declared {
  /** A class comes as a function that gives it, everything else by a name. */
  type?: string | (() => object);
  anyOf?: readonly unknown[];
}

function shapeOf(model: object): Shape {
  const prototype = (model as { prototype: object }).prototype;
  const names = ((Reflect.getMetadata(NAMES, prototype) ?? []) as string[]).map((name) => name.slice(1));
  return new Map(names.map((name) => [name, () => shapeOfMember(Reflect.getMetadata(MEMBER, prototype, name) as Declared)]));
}

function shapeOfMember({ type, anyOf }: Declared): Shape {
  if (anyOf !== undefined) return 'json';
  return typeof type === 'function' ? shapeOf(type()) : 'value';
}

/**
 * What is wrong with a dotted name of a member in answers of a model class, told so that it ends a sentence about it; null where there is
 * such a member. What free JSON has, nobody knows beforehand.
 */
function unknownMember(model: object, path: string): string | null {
  let shape = shapeOf(model);
  const above: string[] = [];
  for (const name of path.split('.')) {
    if (shape === 'json') return null;
    const where = above.join('.');
    if (shape === 'value') return `names ${JSON.stringify(path)}, but ${where} has no members`;
    const member = shape.get(name);
    if (member === undefined) {
      return `names ${JSON.stringify(path)}, which is not there: ${where === '' ? 'the answer' : where} has ${[...shape.keys()].join(', ')}`;
    }
    above.push(name);
    shape = member();
  }
  return null;
}
