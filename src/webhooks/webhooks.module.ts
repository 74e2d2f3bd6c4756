import { Module } from '@nestjs/common';
import { FetchModule } from '../fetch/fetch.module.ts';
import { JobsModule } from '../jobs/jobs.module.ts';
import { WebhooksController } from './webhooks.controller.ts';
import { WebhooksService } from './webhooks.service.ts';

@Module({ imports: [FetchModule, JobsModule], controllers: [WebhooksController], providers: [WebhooksService], exports: [WebhooksService] })
export class WebhooksModule {}
