import { Module } from '@nestjs/common';
import { PermissionEvaluator, RoleEvaluator } from './permission-evaluator.js';

@Module({
  providers: [{ provide: PermissionEvaluator, useClass: RoleEvaluator }],
  exports: [PermissionEvaluator],
})
export class ScopesModule {}
