import { type DynamicModule, Module } from '@nestjs/common';
import { AboutController } from './api/about.controller.ts';
import { HealthController } from './api/health.controller.ts';
import { HomeController } from './api/home.controller.ts';
import { type Load, LoadModule } from './api/load.module.ts';
import { MetricsController } from './api/metrics.controller.ts';
import { ProblemsController } from './api/problems.controller.ts';
import { BatchesModule } from './batches/batches.module.ts';
import { CharactersModule } from './characters/characters.module.ts';
import { CompareModule } from './compare/compare.module.ts';
import { EncodeModule } from './encode/encode.module.ts';
import { FetchModule } from './fetch/fetch.module.ts';
import { GraphqlModule } from './graphql/graphql.module.ts';
import { CrawlsModule } from './crawls/crawls.module.ts';
import { LimitsModule } from './limits/limits.module.ts';
import { ParseModule } from './parse/parse.module.ts';
import type { Settings } from './settings/settings.ts';
import { SettingsModule } from './settings/settings.module.ts';
import { SitesModule } from './sites/sites.module.ts';
import { TextModule } from './text/text.module.ts';
import { WatchesModule } from './watches/watches.module.ts';
import { WebhooksModule } from './webhooks/webhooks.module.ts';
import { WordCountModule } from './wordcount/wordcount.module.ts';

@Module({
  imports: [
    EncodeModule,
    FetchModule,
    ParseModule,
    TextModule,
    WordCountModule,
    CharactersModule,
    CompareModule,
    WebhooksModule,
    WatchesModule,
    BatchesModule,
    SitesModule,
    CrawlsModule,
    LimitsModule,
    GraphqlModule,
  ],
  controllers: [HealthController, HomeController, AboutController, ProblemsController, MetricsController],
})
export class AppModule {
  static with(settings: Settings, load: Load, others: readonly DynamicModule[]): DynamicModule {
    return { module: AppModule, imports: [SettingsModule.with(settings), LoadModule.with(load), ...others] };
  }
}
