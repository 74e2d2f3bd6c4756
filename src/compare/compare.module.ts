import { Module } from '@nestjs/common';
import { FetchModule } from '../fetch/fetch.module.ts';
import { ParseModule } from '../parse/parse.module.ts';
import { TasksModule } from '../tasks/tasks.module.ts';
import { CompareController } from './compare.controller.ts';
import { CompareService } from './compare.service.ts';

@Module({
  imports: [FetchModule, ParseModule, TasksModule],
  controllers: [CompareController],
  providers: [CompareService],
  exports: [CompareService],
})
export class CompareModule {}
