import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GraphQLModule } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import { BatchesModule } from '../batches/batches.module.ts';
import { CrawlsModule } from '../crawls/crawls.module.ts';
import { CompareModule } from '../compare/compare.module.ts';
import { EncodeModule } from '../encode/encode.module.ts';
import { FetchModule } from '../fetch/fetch.module.ts';
import { FetchService } from '../fetch/fetch.service.ts';
import { ParseModule } from '../parse/parse.module.ts';
import { ParseService } from '../parse/parse.service.ts';
import { LimitsModule } from '../limits/limits.module.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { AboutResolver } from './about.resolver.ts';
import { WatchesModule } from '../watches/watches.module.ts';
import { WebhooksModule } from '../webhooks/webhooks.module.ts';
import { BatchResolver } from './batch.resolver.ts';
import { BodyResolver } from './body.resolver.ts';
import { CompareResolver, ProblemResolver } from './compare.resolver.ts';
import { CrawlGraphResolver } from './crawl-graph.resolver.ts';
import { CrawlResolver } from './crawl.resolver.ts';
import { resolveDirectly } from './direct-resolvers.ts';
import { ElementResolver } from './element.resolver.ts';
import { EncodeResolver } from './encode.resolver.ts';
import { boundErrors, formatError, logUnexpected, statusByMediaType, tellBudget } from './graphql-problems.ts';
import { LinkResolver } from './link.resolver.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { MapResolver } from './map.resolver.ts';
import { NEXT_OFFSET_RESOLVERS } from './next-offset.resolver.ts';
import { Operation, type OperationContext } from './operation.ts';
import { DocumentResolver } from './document.resolver.ts';
import { PersistedQueries } from './persisted-queries.ts';
import { WatchResolver } from './watch.resolver.ts';
import { WebhookResolver } from './webhook.resolver.ts';
import { PageResolver } from './page.resolver.ts';
import { countLimits, depthLimit, MAX_TOKENS, noSubscriptions } from './query-limits.ts';

/** Nest has no place for the description of the root type. */
function describeQuery(schema: GraphQLSchema): GraphQLSchema {
  const query = schema.getQueryType();
  if (query) query.description = 'What can be asked: a page, a text, some bytes.';
  const mutation = schema.getMutationType();
  if (mutation) mutation.description = 'What can be begun and ended: batches, crawls and watches; and what can be told again.';
  return schema;
}

@Module({
  imports: [
    BatchesModule,
    WebhooksModule,
    WatchesModule,
    CrawlsModule,
    SitesModule,
    CompareModule,
    EncodeModule,
    FetchModule,
    LimitsModule,
    ParseModule,
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      imports: [FetchModule, ParseModule],
      inject: [FetchService, ParseService, SETTINGS],
      useFactory: (fetch: FetchService, parse: ParseService, settings: Settings): ApolloDriverConfig => ({
        autoSchemaFile: true,
        sortSchema: true,
        transformSchema: (schema): GraphQLSchema => resolveDirectly(describeQuery(schema)),
        path: '/graphql',
        graphiql: false,
        introspection: settings.GRAPHQL_INTROSPECTION,
        includeStacktraceInErrorResponses: false,
        hideSchemaDetailsFromClientErrors: true,
        persistedQueries: { cache: new PersistedQueries() },
        allowBatchedHttpRequests: false,
        csrfPrevention: true,
        formatError,
        validationRules: [countLimits, noSubscriptions, depthLimit(settings.GRAPHQL_MAX_DEPTH)],
        parseOptions: { maxLexicalTokens: MAX_TOKENS },
        plugins: [
          ApolloServerPluginCacheControlDisabled(),
          ApolloServerPluginLandingPageDisabled(),
          // An environment with APOLLO_KEY in it would have these report the schema and the operations to Apollo's makers.
          ApolloServerPluginUsageReportingDisabled(),
          ApolloServerPluginSchemaReportingDisabled(),
          ApolloServerPluginInlineTraceDisabled(),
          statusByMediaType,
          boundErrors,
          tellBudget,
          logUnexpected,
        ],
        context: ({ log }: FastifyRequest): OperationContext => ({
          log,
          operation: new Operation({
            retrieve: (target) => fetch.shown(target),
            readAll: (source, asks) => parse.readAll(source, asks),
            maxRetrievals: settings.GRAPHQL_MAX_RETRIEVALS,
            timeoutMs: settings.GRAPHQL_TIMEOUT_MS,
          }),
        }),
      }),
    }),
  ],
  providers: [
    PageResolver,
    DocumentResolver,
    BodyResolver,
    LinkResolver,
    ElementResolver,
    EncodeResolver,
    CompareResolver,
    BatchResolver,
    WebhookResolver,
    WatchResolver,
    CrawlResolver,
    CrawlGraphResolver,
    MapResolver,
    ProblemResolver,
    AboutResolver,
    ...NEXT_OFFSET_RESOLVERS,
  ],
})
export class GraphqlModule {}
