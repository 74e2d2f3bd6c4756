import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Colleagues } from '../workers/colleagues.ts';
import { ByteBudget } from './byte-budget.ts';
import { DatabaseState } from './database-state.ts';
import { Metrics } from './metrics.ts';
import { Readiness } from './readiness.ts';
import { Traffic } from './traffic.ts';

/** What is known of the load on this process, shared by the hooks of the server and the services. */
export interface Load {
  readiness: Readiness;
  traffic: Traffic;
  budget: ByteBudget;
  metrics: Metrics;
  colleagues: Colleagues;
  database: DatabaseState;
}

@Global()
@Module({})
export class LoadModule {
  static with({ readiness, traffic, budget, metrics, colleagues, database }: Load): DynamicModule {
    const providers = [
      { provide: Readiness, useValue: readiness },
      { provide: Traffic, useValue: traffic },
      { provide: ByteBudget, useValue: budget },
      { provide: Metrics, useValue: metrics },
      { provide: Colleagues, useValue: colleagues },
      { provide: DatabaseState, useValue: database },
    ];
    return { module: LoadModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
