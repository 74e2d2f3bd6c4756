import { startPostgres } from './postgres.ts';

/** A database of a test's own. */
export interface TestDatabase {
  /** Settings by which an application uses it; without any, it has the embedded one. */
  env: Record<string, string>;
  drop(): Promise<void>;
}

/** A PostgreSQL server where `npm run test:postgres` asks for one; else the embedded database of the application. */
export async function freshDatabase(): Promise<TestDatabase> {
  if (process.env['TEST_DATABASE'] !== 'postgres') return { env: {}, drop: () => Promise.resolve() };
  const postgres = await startPostgres();
  return { env: { DATABASE_URL: postgres.url }, drop: () => postgres.stop() };
}
