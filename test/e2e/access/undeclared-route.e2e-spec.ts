import { Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { Permission } from '#libs/scopes/permission.js';
import { Allow, Public, SignedIn } from '#apps/api/src/http/access/allow.decorator.js';
import { DeclaredAccess } from '#apps/api/src/http/access/declared-access.js';
import { RouteInventory } from '#apps/api/src/http/route-inventory.js';

class Declared {
  @Get('open')
  @Public()
  open(): string {
    return '';
  }

  @Get('closed')
  @SignedIn()
  closed(): string {
    return '';
  }

  @Post('closed')
  @Allow(Permission.FeedbackWrite)
  write(): string {
    return '';
  }
}

class Forgotten extends Declared {
  @Get('forgotten')
  forgotten(): string {
    return '';
  }
}

describe('an application', () => {
  it('starts when every route says who may call it', async () => {
    await expect(start(controller(Declared))).resolves.toBeUndefined();
  });

  it('does not start with a route that does not, and names it', async () => {
    await expect(start(controller(Forgotten))).rejects.toThrow(
      /do not declare who may call them: GET \/things\/forgotten\. Add @Allow/,
    );
  });

  it('does not start when a route is inherited and not declared', async () => {
    class Heir extends Forgotten {}
    await expect(start(controller(Heir))).rejects.toThrow('GET /things/forgotten');
  });

  it('does not start when only the class says so: it is a matter of each route', async () => {
    class ByClass {
      @Get()
      all(): string {
        return '';
      }
    }
    (Public() as ClassDecorator)(ByClass);
    await expect(start(controller(ByClass))).rejects.toThrow('GET /things');
  });
});

/** A controller of its own for each case, as decorators write on the class. */
function controller(of: Type): Type {
  class Made extends of {}
  Controller('things')(Made);
  return Made;
}

async function start(controller: Type): Promise<void> {
  class Root {}
  Module({
    imports: [DiscoveryModule],
    controllers: [controller],
    providers: [RouteInventory, DeclaredAccess],
  })(Root);
  const app = await NestFactory.create(Root, { logger: false, abortOnError: false });
  try {
    await app.init();
  } finally {
    await app.close();
  }
}
