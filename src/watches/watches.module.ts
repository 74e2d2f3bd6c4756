import { Module } from '@nestjs/common';
import { FetchModule } from '../fetch/fetch.module.ts';
import { JobsModule } from '../jobs/jobs.module.ts';
import { ParseModule } from '../parse/parse.module.ts';
import { WebhooksModule } from '../webhooks/webhooks.module.ts';
import { WatchWorkService } from './watch-work.service.ts';
import { WatchesController } from './watches.controller.ts';
import { WatchesService } from './watches.service.ts';

@Module({
  imports: [FetchModule, ParseModule, JobsModule, WebhooksModule],
  controllers: [WatchesController],
  providers: [WatchesService, WatchWorkService],
  exports: [WatchesService],
})
export class WatchesModule {}
