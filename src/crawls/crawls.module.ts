import { Module } from '@nestjs/common';
import { BatchesModule } from '../batches/batches.module.ts';
import { FetchModule } from '../fetch/fetch.module.ts';
import { JobsModule } from '../jobs/jobs.module.ts';
import { ParseModule } from '../parse/parse.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { WebhooksModule } from '../webhooks/webhooks.module.ts';
import { CrawlGraphController } from './crawl-graph.controller.ts';
import { CrawlGraphService } from './crawl-graph.service.ts';
import { CrawlWorkService } from './crawl-work.service.ts';
import { CrawlsController } from './crawls.controller.ts';
import { CrawlsService } from './crawls.service.ts';

@Module({
  imports: [FetchModule, ParseModule, JobsModule, BatchesModule, SitesModule, WebhooksModule],
  controllers: [CrawlsController, CrawlGraphController],
  providers: [CrawlsService, CrawlWorkService, CrawlGraphService],
  exports: [CrawlsService, CrawlGraphService],
})
export class CrawlsModule {}
