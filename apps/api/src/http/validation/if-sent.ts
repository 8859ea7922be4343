import { ValidateIf } from 'class-validator';

/** May be left out. Null is a value like any other, which the rules of the member then refuse. */
export function IfSent(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
