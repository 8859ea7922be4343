import { Injectable, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { match, type MatchFunction } from 'path-to-regexp';

export interface Route {
  readonly method: string;
  /** The template, for example `/api/admin/users/:id`. */
  readonly path: string;
  readonly handler: (...args: never[]) => unknown;
  /** What the handler is a method of, by which name. */
  readonly controller: object;
  readonly name: string;
}

/** Every route of every controller. */
@Injectable()
export class RouteInventory {
  private routes: (Route & { readonly matches: MatchFunction<object> })[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  all(): readonly Route[] {
    return this.scan();
  }

  /** The methods that a path answers, for `Allow`; empty when nothing lives there. */
  methodsOf(path: string): string[] {
    const methods = new Set(
      this.scan().flatMap((route) => (route.matches(path) === false ? [] : [route.method])),
    );
    if (methods.has('GET')) methods.add('HEAD');
    return [...methods].sort();
  }

  private scan() {
    this.routes ??= this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (!instance || !metatype) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, Route['handler']>;
      const bases = paths(metatype);
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name]!;
        const verb = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
        if (verb === undefined) return [];
        return bases.flatMap((base) =>
          paths(handler).map((leaf) => {
            const path = join(base, leaf);
            return {
              method: RequestMethod[verb]!,
              path,
              handler,
              controller: instance as object,
              name,
              // Parameters are not looked at, so what cannot be decoded is no reason to throw.
              matches: match(path, { sensitive: false, decode: false }),
            };
          }),
        );
      });
    });
    return this.routes;
  }
}

function paths(target: object): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return path === undefined ? [''] : Array.isArray(path) ? path : [path];
}

function join(...parts: string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
}
