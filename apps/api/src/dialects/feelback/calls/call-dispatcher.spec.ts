import {
  type CanActivate,
  Controller,
  createParamDecorator,
  Param,
  type PipeTransform,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { AccessGuard } from '#apps/api/src/http/access/access.guard.js';
import type { BodyGuard } from '#apps/api/src/http/body/body.guard.js';
import type { RouteInventory } from '#apps/api/src/http/route-inventory.js';
import { WriteCall } from './call.decorator.js';
import { CallDispatcher } from './call-dispatcher.js';

const Given = createParamDecorator(() => 1);
const pipe: PipeTransform = { transform: (value: unknown) => value };
const guard: CanActivate = { canActivate: () => false };

@Controller('v0/plain')
class Plain {
  @WriteCall('run', 'Runs')
  run(@Given(pipe) given: number): number {
    return given;
  }
}

@Controller('v0/guarded')
@UseGuards(guard)
class GuardedController extends Plain {}

@Controller('v0/others')
class Others {
  @UseGuards(guard)
  @WriteCall('guarded', 'Has a guard')
  guarded(): void {}

  @UseInterceptors({ intercept: (_: unknown, next: { handle(): never }) => next.handle() })
  @WriteCall('intercepted', 'Has an interceptor')
  intercepted(): void {}

  @WriteCall('piped', 'Has two pipes')
  piped(@Given(pipe, pipe) given: number): number {
    return given;
  }

  @WriteCall('placed', 'Has a part of the address')
  placed(@Param('id') id: string): string {
    return id;
  }
}

describe('the table of calls', () => {
  const start = (controller: object, name: string) => {
    const handler = (controller as Record<string, () => unknown>)[name]!;
    const routes = { all: () => [{ method: 'POST', path: `/v0/${name}`, handler, controller, name }] };
    new CallDispatcher(
      routes as unknown as RouteInventory,
      {} as AccessGuard,
      {} as BodyGuard,
    ).onApplicationBootstrap();
  };

  it('takes what a call is made of', () => {
    expect(() => start(new Plain(), 'run')).not.toThrow();
  });

  it.each([
    [new GuardedController(), 'run', 'guard'],
    [new Others(), 'guarded', 'guard'],
    [new Others(), 'intercepted', 'interceptor'],
    [new Others(), 'piped', 'several pipes'],
    [new Others(), 'placed', 'decorator'],
  ])('does not start with what it would not run: %p %s', (controller, name, why) => {
    expect(() => start(controller, name)).toThrow(why);
  });
});
