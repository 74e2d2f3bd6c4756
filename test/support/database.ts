import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database of a test's own. */
export interface TestDatabase {
  /** Settings by which an application uses it; without any, it has the embedded one. */
  env: Record<string, string>;
  drop(): Promise<void>;
}

/** An empty database on the server of `TEST_DATABASE_URL`, which `npm run test:postgres` sets; else the embedded one of the application. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) return { env: {}, drop: () => Promise.resolve() };
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await statement(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { env: { DATABASE_URL: url.href }, drop: () => statement(server, `drop database ${name} with (force)`) };
}

async function statement(server: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
