import 'reflect-metadata';

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
export function unknownMember(model: object, path: string): string | null {
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
