import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';

type Method = (this: unknown, ...args: never[]) => Promise<unknown>;

/**
 * Gives a controller a second method that does what one of it does, with all that was declared on that one.
 * @returns the new method's descriptor
 */
export function copyRoute(controller: object, method: string | symbol, copy: string): PropertyDescriptor {
  const original = (controller as Record<string | symbol, Method>)[method]!;
  const twin: Method = function (...args) {
    return original.apply(this, args);
  };
  // Operations of the document are named after the function.
  Object.defineProperty(twin, 'name', { value: copy });
  Object.defineProperty(controller, copy, { value: twin, configurable: true, writable: true });
  for (const key of Reflect.getOwnMetadataKeys(original) as unknown[]) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, original), twin);
  }
  for (const key of Reflect.getOwnMetadataKeys(controller, method) as unknown[]) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, controller, method), controller, copy);
  }
  const routed = controller.constructor;
  Reflect.defineMetadata(
    ROUTE_ARGS_METADATA,
    Reflect.getMetadata(ROUTE_ARGS_METADATA, routed, method),
    routed,
    copy,
  );
  return Object.getOwnPropertyDescriptor(controller, copy)!;
}
