import { Module } from '@nestjs/common';
import { AuthModule } from '#libs/auth/auth.module.js';
import { ImportModule } from '#libs/import/import.module.js';
import { ImportStreams } from './import-streams.js';
import { ImportsController } from './imports.controller.js';
import { ImportIntake } from './intake/import-intake.js';

@Module({
  imports: [AuthModule, ImportModule],
  controllers: [ImportsController],
  providers: [ImportIntake, ImportStreams],
  exports: [AuthModule],
})
export class SourceImportModule {}
