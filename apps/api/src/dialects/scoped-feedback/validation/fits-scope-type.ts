import { ValidateBy, type ValidationArguments } from 'class-validator';
import { SCOPE_TYPES, type ScopeType } from '#libs/scopes/scope.js';
import { isOpaqueId } from '#apps/api/src/http/validation/is-opaque-id.js';

/**
 * The id that goes with the type of a scope: none for global, one for every other type. A type that is none is told
 * of elsewhere.
 * @param type the member that holds the type
 */
export function FitsScopeType(type: string): PropertyDecorator {
  const problem = (value: unknown, { object, property }: ValidationArguments): string | undefined => {
    const given = (object as Record<string, unknown>)[type];
    const isGiven = value !== undefined && value !== null;
    if (!isGiven && !SCOPE_TYPES.includes(given as ScopeType)) return undefined;
    if (given === 'global') return isGiven ? `${property} must be left out for the global scope` : undefined;
    if (!isGiven) return `${property} is required for every scope but the global one`;
    if (isOpaqueId(value)) return undefined;
    return `${property} must have 1 to 128 characters, none of them a control character`;
  };
  return ValidateBy({
    name: 'fitsScopeType',
    validator: {
      validate: (value: unknown, args) => problem(value, args!) === undefined,
      defaultMessage: (args) => problem(args!.value, args!) ?? '',
    },
  });
}
