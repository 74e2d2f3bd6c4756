import type { INestApplication } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import type { ContractFile } from './contract-files.ts';
import { createOpenApi } from './open-api.setup.ts';

/** Both files of the contract, as the application says them now. It has been initialised. */
export function createContract(app: INestApplication): Record<ContractFile, string> {
  return {
    'openapi.json': `${JSON.stringify(createOpenApi(app), null, 2)}\n`,
    'schema.graphql': `${printSchema(lexicographicSortSchema(app.get(GraphQLSchemaHost).schema))}\n`,
  };
}
