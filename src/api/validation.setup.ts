import { type ArgumentMetadata, ValidationPipe, type ValidationPipeOptions } from '@nestjs/common';
import type { ValidationError, ValidatorOptions } from 'class-validator';
import { nestedParametersOf } from './nested-parameters.ts';
import { jsonParametersOf, parametersOf, rememberRules } from './parameters-of.setup.ts';
import { TEXT } from './parameter.decorator.ts';
import { isProblemError, type ParameterError, ProblemError } from './problem.ts';
import { isSurelyValid } from './sure-validity.setup.ts';

/** Checks every parameter: unknown ones are refused, all wrong ones are named at once. */
export function validationPipe(): ValidationPipe {
  rememberRules();
  return new ParameterPipe(OPTIONS);
}

const OPTIONS: ValidationPipeOptions = {
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: true, value: false },
  exceptionFactory: (errors): ProblemError => refusal(errors.flatMap((error) => flatten(error, ''))),
};

/** Asks the library where something may be wrong. */
class QuickPipe extends ValidationPipe {
  protected override validate(object: object, options?: ValidatorOptions): Promise<ValidationError[]> | ValidationError[] {
    return isSurelyValid(object) ? [] : super.validate(object, options);
  }
}

/** The library takes names such as `toString` for known, since every object has them. */
class ParameterPipe extends QuickPipe {
  /** For what comes as text alone: in a URL there is nothing else. */
  readonly #ofUrl = new QuickPipe({ ...OPTIONS, transformOptions: { groups: [TEXT] } });

  override async transform(given: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    if (type === 'custom' && metatype !== undefined && typeof given === 'object' && given !== null) {
      return this.#checked(withJsonAsText(given, metatype), metadata);
    }
    if ((type !== 'query' && type !== 'body') || metatype === undefined || typeof given !== 'object' || given === null) {
      return this.#checked(given, metadata);
    }
    const known = parametersOf(metatype);
    const value = withJsonAsText(withoutNulls(given, known), metatype);
    const unknown = Object.keys(value).filter((name) => !known.includes(name));
    // A query parameter of the target URL that was not percent-encoded ends up here.
    const isSplit = type === 'query' && String((value as { url?: unknown }).url).includes('?');
    const hint = isSplit ? '; if it belongs to the target URL, percent-encode that whole' : '';
    const message = `is unknown${hint}; known are ${known.join(', ')}`;
    if (known.length > 0 && unknown.length > 0) {
      const rest = Object.fromEntries(Object.entries(value).filter(([name]) => known.includes(name)));
      const others = await this.#checked(rest, metadata).then(() => [], parametersAtFault);
      throw refusal([...unknown.map((parameter) => ({ parameter, message })), ...others]);
    }
    return this.#checked(value, metadata);
  }

  #checked(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return metadata.type === 'query' || metadata.type === 'param'
      ? this.#ofUrl.transform(value, metadata)
      : super.transform(value, metadata);
  }
}

/** A parameter that is null is as good as absent, so that its default applies, in JSON as in GraphQL. */
function withoutNulls(value: object, known: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name, member]) => member !== null || !known.includes(name)));
}

/** The libraries would leave out names such as `constructor`, wherever in a value they stand: what may be any JSON is kept from them. */
function withJsonAsText(value: object, metatype: new (...args: never[]) => unknown): object {
  const names = jsonParametersOf(metatype);
  const nested = nestedParametersOf(metatype);
  if (names.length === 0 && nested.size === 0) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => {
      const within = nested.get(name);
      if (within !== undefined && typeof member === 'object' && member !== null) return [name, withJsonAsText(member, within)];
      return [name, names.includes(name) && member !== undefined ? JSON.stringify(member) : member];
    }),
  );
}

function parametersAtFault(error: unknown): readonly ParameterError[] {
  if (isProblemError(error)) return error.errors;
  throw error;
}

/** Characters of a name that nobody knows, as far as it is repeated, and how many are. */
const LONGEST_NAME = 200;
const MOST_NAMES = 100;

function refusal(faults: ParameterError[]): ProblemError {
  const parameters = faults
    .slice(0, MOST_NAMES)
    .map(({ parameter, message }) => ({ parameter: parameter.slice(0, LONGEST_NAME), message }));
  const detail = parameters.map(({ parameter, message }) => `${parameter} ${message}`).join('; ');
  return new ProblemError('INVALID_REQUEST', detail, { errors: parameters });
}

/** One entry a parameter; those within lists are named as `headers[0].name`. */
function flatten(error: ValidationError, parent: string): ParameterError[] {
  const parameter =
    parent === '' ? error.property : /^\d+$/.test(error.property) ? `${parent}[${error.property}]` : `${parent}.${error.property}`;
  const within = (error.children ?? []).flatMap((child) => flatten(child, parameter));
  const [first] = Object.entries(error.constraints ?? {});
  if (first === undefined) return within;
  const [rule, message] = first;
  return [{ parameter, message: rule === 'whitelistValidation' ? unknownParameter(error) : message }, ...within];
}

function unknownParameter({ target }: ValidationError): string {
  if (target === undefined) return 'is unknown';
  return `is unknown; known are ${parametersOf(target.constructor as new () => unknown).join(', ')}`;
}
