import { Reflector } from '@nestjs/core';
import { ACCESS, type Access } from '#apps/api/src/http/access/allow.decorator.js';
import { DialectRegistry } from '#apps/api/src/http/dialect-registry.js';
import { RouteInventory } from '#apps/api/src/http/route-inventory.js';
import type { TestApp } from './test-app.js';

export interface DeclaredRoute {
  /** `GET /api/admin/users/:id` */
  readonly name: string;
  readonly method: string;
  /** The template with an id in the place of each parameter; nothing lives there. */
  readonly path: string;
  /** The dialect's name; undefined outside all of them. */
  readonly dialect: string | undefined;
  readonly access: Access;
}

const UUID = '00000000-0000-7000-8000-000000000000';

/** Every route of the app with what it declares. */
export function declaredRoutes(app: TestApp): DeclaredRoute[] {
  const nest = app.server.app;
  const dialects = nest.get(DialectRegistry);
  const reflector = nest.get(Reflector);
  return nest
    .get(RouteInventory)
    .all()
    .map(({ method, path, handler }) => ({
      name: `${method} ${path}`,
      method,
      path: path.replaceAll(/:(\w+)/g, (_, parameter: string) =>
        parameter === 'id' || parameter === 'secretId' ? UUID : '999999',
      ),
      dialect: dialects.of(path)?.name,
      access: reflector.get<Access>(ACCESS, handler),
    }));
}
