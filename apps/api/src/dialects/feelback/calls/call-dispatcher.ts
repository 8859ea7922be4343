import {
  type ExecutionContext,
  Injectable,
  type NestMiddleware,
  type OnApplicationBootstrap,
  type Type,
} from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
  ROUTE_ARGS_METADATA,
} from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { NextFunction, Request, Response } from 'express';
import { AccessGuard } from '#apps/api/src/http/access/access.guard.js';
import { BodyGuard } from '#apps/api/src/http/body/body.guard.js';
import { type Route, RouteInventory } from '#apps/api/src/http/route-inventory.js';
import { isCall } from './call.decorator.js';
import { JsonAnswerInterceptor } from './json-answer.interceptor.js';
import { sendResult } from './send-result.js';

/** What a parameter decorator leaves behind: where its value comes from. */
interface DeclaredParameter {
  readonly index: number;
  readonly data: unknown;
  readonly factory?: (data: unknown, context: ExecutionContext) => unknown;
  readonly pipes: readonly { transform(value: unknown): unknown }[];
}

type Read = (context: ExecutionContext) => unknown;

/** A call, with all that is needed to answer it. */
interface Call extends Route {
  readonly type: Type;
  /** Values of its method's parameters, in their order. */
  readonly parameters: readonly Read[];
}

/**
 * Answers calls by a table, as the convention means it: an address is the name of a procedure. The same guards, pipes
 * and filter as on any route, without the way through three hundred routes, for what each page of somebody's newspaper
 * asks. What the table does not know (a slash at the end, HEAD) goes on to the routes of the same methods.
 */
@Injectable()
export class CallDispatcher implements NestMiddleware, OnApplicationBootstrap {
  private readonly calls = new Map<string, Call>();

  constructor(
    private readonly routes: RouteInventory,
    private readonly access: AccessGuard,
    private readonly body: BodyGuard,
  ) {}

  onApplicationBootstrap(): void {
    for (const route of this.routes.all()) {
      if (isCall(route.handler)) this.calls.set(nameOf(route), toCall(route));
    }
  }

  use(request: Request, response: Response, next: NextFunction): unknown {
    // Not `request.path`: where middleware is mounted, that is what follows the mount point.
    const end = request.originalUrl.indexOf('?');
    const path = end < 0 ? request.originalUrl : request.originalUrl.slice(0, end);
    const call = this.calls.get(nameOf({ method: request.method, path }));
    return call ? this.answer(call, request, response) : next();
  }

  private async answer(call: Call, request: Request, response: Response): Promise<void> {
    // As the router leaves it: metrics and logs go by it.
    request.route = { path: call.path };
    const context = new ExecutionContextHost([request, response], call.type, call.handler);
    await this.access.canActivate(context);
    await this.body.canActivate(context);
    const values: unknown[] = [];
    for (const read of call.parameters) values.push(await read(context));
    sendResult(response, await Reflect.apply(call.handler, call.controller, values));
  }
}

/** Paths are told apart without regard to case, as Express routes them. */
function nameOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path.toLowerCase()}`;
}

function toCall(route: Route): Call {
  const type = route.controller.constructor as Type;
  for (const target of [type, route.handler]) requirePlain(target);
  const declared = Reflect.getMetadata(ROUTE_ARGS_METADATA, type, route.name) as
    Record<string, DeclaredParameter> | undefined;
  const parameters = Object.entries(declared ?? {})
    .sort(([, a], [, b]) => a.index - b.index)
    .map(([kind, parameter]) => reader(kind, parameter));
  return { ...route, type, parameters };
}

/** What the framework would run around a method does not run here: nobody shall declare it and believe that it does. */
function requirePlain(target: object): void {
  const declared = [GUARDS_METADATA, PIPES_METADATA, EXCEPTION_FILTERS_METADATA, INTERCEPTORS_METADATA]
    .flatMap((key) => (Reflect.getMetadata(key, target) as unknown[] | undefined) ?? [])
    .filter((each) => each !== JsonAnswerInterceptor);
  if (declared.length > 0) throw new Error('A call has a guard, pipe, filter or interceptor of its own.');
}

/** Of the framework's own parameter decorators calls know one, `@Req()`; ours are all made with a factory. */
function reader(kind: string, { data, factory, pipes }: DeclaredParameter): Read {
  if (!factory && kind.split(':')[0] !== String(RouteParamtypes.REQUEST))
    throw new Error('A call has a parameter whose decorator is not known here.');
  // What a pipe makes may be a promise, and only whoever calls the method waits for it.
  if (pipes.length > 1) throw new Error('A call has a parameter with several pipes.');
  const value: Read = factory
    ? (context) => factory(data, context)
    : (context) => context.switchToHttp().getRequest<Request>();
  const [pipe] = pipes;
  return pipe ? (context) => pipe.transform(value(context)) : value;
}
