import { isUtf8 } from 'node:buffer';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { exchangeOf } from '../exchange.js';
import { ACCEPTS, type BodyKind } from './accepts.decorator.js';
import { bodyError } from './body-error.js';
import { checkJson } from './check-json.js';

const DEFAULT_LIMIT = 65_536;
const BODILESS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Reads the body, after the access guard has let the request in: nobody makes us parse without credentials. A guard,
 * because guards run in order and before the pipes that need the body.
 */
@Injectable()
export class BodyGuard implements CanActivate {
  private readonly parsers = new Map<string, RequestHandler>();

  constructor(private readonly reflector: Reflector) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (BODILESS.has(request.method)) return true;
    const kind = this.reflector.get<BodyKind | undefined>(ACCEPTS, context.getHandler()) ?? 'json';
    if (kind === 'stream') return true;
    if (!hasBody(request)) {
      request.body = {};
      return true;
    }
    requireType(request, kind);
    const limit = exchangeOf(request).dialect?.bodyLimit ?? DEFAULT_LIMIT;
    await this.read(request, http.getResponse<Response>(), kind, limit);
    if (kind === 'json') checkJson(request.body);
    return true;
  }

  private read(request: Request, response: Response, kind: 'json' | 'form', limit: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.parser(kind, limit)(request, response, (error?: unknown) =>
        error === undefined ? resolve() : reject(bodyError(error)),
      );
    });
  }

  private parser(kind: 'json' | 'form', limit: number): RequestHandler {
    const key = `${kind} ${limit}`;
    let parser = this.parsers.get(key);
    if (!parser) {
      const type = () => true;
      parser =
        kind === 'json'
          ? express.json({ limit, type, strict: false, verify: requireUtf8 })
          : express.urlencoded({ limit, type, extended: false, parameterLimit: 100 });
      this.parsers.set(key, parser);
    }
    return parser;
  }
}

/** The decoder would put a sign for unknown in the place of what is none, and what was sent would be lost. */
function requireUtf8(_request: unknown, _response: unknown, body: Buffer, encoding: string): void {
  if (encoding === 'utf-8' && !isUtf8(body)) throw new Error('The body is not valid UTF-8.');
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function requireType(request: Request, kind: 'json' | 'form'): void {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
  const fits =
    kind === 'json'
      ? type === 'application/json' || (type.startsWith('application/') && type.endsWith('+json'))
      : type === 'application/x-www-form-urlencoded';
  if (!fits) {
    const expected = kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
    throw new DomainError('unsupported', 'body', `The body must be sent as ${expected}.`);
  }
}
