import 'reflect-metadata';
import { timingSafeEqual } from 'node:crypto';
import {
  Body,
  Controller,
  Get,
  Module,
  Post,
  UnauthorizedException,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsBoolean, IsEmail, IsOptional, IsString, MaxLength } from 'class-validator';
import { DataSource } from 'typeorm';
import { entities } from '#libs/entities.js';
import { Feedback } from '#libs/feedback/feedback.entity.js';
import { createDataSource } from '#libs/platform/database/data-source.js';
import { toFeedback } from './feedback-row.mjs';

/** What a team would write on the first day: a guard, the ValidationPipe, and `repository.save` per request. */
class CreateFeedback {}
const rule = (name, ...rules) => rules.forEach((decorate) => decorate(CreateFeedback.prototype, name));
rule('submittedByEmail', IsEmail());
rule('contactConsent', IsBoolean());
rule('description', IsOptional(), IsString(), MaxLength(1000));
rule('sentimentRating', IsOptional(), IsBoolean());

const key = Buffer.from(`Bearer ${process.env.BENCH_KEY}`);
class KeyGuard {
  canActivate(context) {
    const given = Buffer.from(context.switchToHttp().getRequest().headers.authorization ?? '');
    if (given.length !== key.length || !timingSafeEqual(given, key)) throw new UnauthorizedException();
    return true;
  }
}

class FeedbacksController {
  constructor(source) {
    this.repository = source.getRepository(Feedback);
  }

  async create(body) {
    const { id } = await this.repository.save(toFeedback(body));
    return { id };
  }

  health() {
    return 'ok';
  }
}
const prototype = FeedbacksController.prototype;
const on = (name, ...rules) =>
  rules.forEach((decorate) => decorate(prototype, name, Object.getOwnPropertyDescriptor(prototype, name)));
Reflect.defineMetadata('design:paramtypes', [DataSource], FeedbacksController);
Reflect.defineMetadata('design:paramtypes', [CreateFeedback], prototype, 'create');
Body()(prototype, 'create', 0);
on('create', Post('feedbacks'), UseGuards(KeyGuard));
on('health', Get('health'));
Controller()(FeedbacksController);

const source = createDataSource({ url: process.env.DATABASE_URL, entities, poolSize: 20 });
await source.initialize();
class SaveModule {}
Module({ controllers: [FeedbacksController], providers: [{ provide: DataSource, useValue: source }] })(
  SaveModule,
);
const app = await NestFactory.create(SaveModule, { logger: false });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
process.once('SIGTERM', () => app.close().then(() => process.exit(0)));
await app.listen(Number(process.env.PORT), '127.0.0.1');
