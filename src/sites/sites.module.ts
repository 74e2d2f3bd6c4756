import { Module } from '@nestjs/common';
import { FetchModule } from '../fetch/fetch.module.ts';
import { ParseModule } from '../parse/parse.module.ts';
import { TasksModule } from '../tasks/tasks.module.ts';
import { MapController } from './map.controller.ts';
import { MapService } from './map.service.ts';
import { RobotsService } from './robots.service.ts';
import { SitemapsService } from './sitemaps.service.ts';

@Module({
  imports: [FetchModule, ParseModule, TasksModule],
  controllers: [MapController],
  providers: [MapService, RobotsService, SitemapsService],
  exports: [MapService, RobotsService, SitemapsService],
})
export class SitesModule {}
