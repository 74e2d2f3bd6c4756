import { getMetadataStorage } from 'class-validator';
import { JSON_TEXT } from './parameter.decorator.ts';

/** A class of parameters. */
type Parameters = new (...args: never[]) => unknown;

/** The names of the parameters that a class declares or inherits. */
export const parametersOf = namesOf(() => true);

/** Those of them that may be any JSON. */
export const jsonParametersOf = namesOf((rule) => rule === JSON_TEXT);

/** The parameters with such a rule. They are looked up once: no class gets others while the process runs. */
function namesOf(isWanted: (rule: string | undefined) => boolean): (type: Parameters) => readonly string[] {
  const known = new WeakMap<Parameters, readonly string[]>();
  return (type) => {
    const names = known.get(type);
    if (names !== undefined) return names;
    const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
    const found = [...new Set(rules.filter(({ name }) => isWanted(name)).map(({ propertyName }) => propertyName))];
    known.set(type, found);
    return found;
  };
}

/**
 * Has the validator look up once what it knows of a class. It would look through all that it knows of all classes at each request, which
 * takes longer than to validate.
 */
export function rememberRules(): void {
  const storage = getMetadataStorage();
  if (Object.hasOwn(storage, 'getTargetValidationMetadatas')) return;
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const found = new WeakMap<object, Map<string, ReturnType<typeof find>>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups): ReturnType<typeof find> => {
    const key = JSON.stringify([schema, always, strictGroups, groups]);
    const ofTarget = found.get(target) ?? new Map<string, ReturnType<typeof find>>();
    const rules = ofTarget.get(key) ?? find(target, schema, always, strictGroups, groups);
    found.set(target, ofTarget.set(key, rules));
    return rules;
  };
}
