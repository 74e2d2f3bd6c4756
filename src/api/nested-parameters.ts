/** A class of parameters that are one parameter of another class. */
type Parameters = new () => object;

const nested = new WeakMap<object, Map<string, Parameters>>();

/** Notes that a parameter of the class with this prototype is an object with parameters of its own. */
export function noteNested(prototype: object, name: string, type: Parameters): void {
  const known = nested.get(prototype) ?? new Map<string, Parameters>();
  nested.set(prototype, known.set(name, type));
}

/** The parameters of a class that are objects with parameters of their own. */
export function nestedParametersOf(type: { prototype: unknown }): ReadonlyMap<string, Parameters> {
  return nested.get(type.prototype as object) ?? new Map<string, Parameters>();
}
