import { ValidateBy } from 'class-validator';

/** A member that exists and is not for clients to send here, whatever its value. */
export function NotAccepted(message: string): PropertyDecorator {
  return ValidateBy({
    name: 'notAccepted',
    validator: { validate: (value: unknown) => value === undefined, defaultMessage: () => message },
  });
}
