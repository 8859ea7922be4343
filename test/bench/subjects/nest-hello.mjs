import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** Stock Nest on platform-express, doing nothing. */
class HelloController {
  hello() {
    return { hello: 'world' };
  }
}
Get()(
  HelloController.prototype,
  'hello',
  Object.getOwnPropertyDescriptor(HelloController.prototype, 'hello'),
);
Controller('hello')(HelloController);

class HelloModule {}
Module({ controllers: [HelloController] })(HelloModule);

const app = await NestFactory.create(HelloModule, { logger: false });
process.once('SIGTERM', () => app.close().then(() => process.exit(0)));
await app.listen(Number(process.env.PORT), '127.0.0.1');
