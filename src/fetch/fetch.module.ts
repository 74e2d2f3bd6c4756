import { Module } from '@nestjs/common';
import { FetchController } from './fetch.controller.ts';
import { FetchService } from './fetch.service.ts';
import { FormService } from './form.service.ts';
import { ProgressService } from './progress.service.ts';
import { SnapshotController } from './snapshot.controller.ts';
import { TasksModule } from '../tasks/tasks.module.ts';

@Module({
  imports: [TasksModule],
  controllers: [FetchController, SnapshotController],
  providers: [FetchService, FormService, ProgressService],
  exports: [FetchService, FormService],
})
export class FetchModule {}
