import { ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { type ParameterError, ProblemError } from './problem.ts';

/** Checks every parameter: unknown ones are refused, all wrong ones are named at once. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: true, value: false },
    exceptionFactory: (errors): ProblemError => {
      const parameters = errors.flatMap((error) => flatten(error, ''));
      const detail = parameters.map(({ parameter, message }) => `${parameter} ${message}`).join('; ');
      return new ProblemError('INVALID_REQUEST', detail, { errors: parameters });
    },
  });
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
  const constructor = target?.constructor;
  if (constructor === undefined) return 'is unknown';
  const known = getMetadataStorage().getTargetValidationMetadatas(constructor, '', true, false);
  return `is unknown; known are ${[...new Set(known.map(({ propertyName }) => propertyName))].join(', ')}`;
}
