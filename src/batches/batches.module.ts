import { Module } from '@nestjs/common';
import { FetchModule } from '../fetch/fetch.module.ts';
import { JobsModule } from '../jobs/jobs.module.ts';
import { ParseModule } from '../parse/parse.module.ts';
import { WebhooksModule } from '../webhooks/webhooks.module.ts';
import { BatchWorkService } from './batch-work.service.ts';
import { BatchesController } from './batches.controller.ts';
import { BatchesService } from './batches.service.ts';
import { PageWorkService } from './page-work.service.ts';

@Module({
  imports: [FetchModule, ParseModule, JobsModule, WebhooksModule],
  controllers: [BatchesController],
  providers: [BatchesService, BatchWorkService, PageWorkService],
  exports: [BatchesService, PageWorkService],
})
export class BatchesModule {}
