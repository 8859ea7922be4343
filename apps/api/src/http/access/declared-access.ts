import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RouteInventory } from '../route-inventory.js';
import { ACCESS } from './allow.decorator.js';

/** Refuses to start an application that has a route nobody thought about. */
@Injectable()
export class DeclaredAccess implements OnApplicationBootstrap {
  constructor(
    private readonly routes: RouteInventory,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const open = this.routes.all().filter(({ handler }) => this.reflector.get(ACCESS, handler) === undefined);
    if (open.length > 0) {
      throw new Error(
        `These routes do not declare who may call them: ${open
          .map(({ method, path }) => `${method} ${path}`)
          .join(', ')}. Add @Allow(...), @SignedIn() or @Public().`,
      );
    }
  }
}
