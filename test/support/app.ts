import type { DynamicModule } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/app.setup.ts';
import { readSettings } from '../../src/settings/settings.ts';

type Value = string | number | boolean;

/** An answer of the server under test. `json` is the type that the test expects; assertions say whether it is. */
export class Answer<Json> {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;

  constructor(response: Response, bytes: ArrayBuffer) {
    this.status = response.status;
    this.headers = response.headers;
    this.bytes = Buffer.from(bytes);
  }

  get text(): string {
    return this.bytes.toString('utf8');
  }

  get json(): Json {
    return JSON.parse(this.text) as Json;
  }
}

/** The real application on a real port, and ways to call it. */
export interface TestApp {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  get<Json>(path: string, query?: Readonly<Record<string, Value>>): Promise<Answer<Json>>;
  post<Json>(path: string, json: unknown): Promise<Answer<Json>>;
  /** Any other request. */
  send<Json>(path: string, init: RequestInit): Promise<Answer<Json>>;
  graphql<Page>(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<GraphQLAnswer<Page>>>;
  close(): Promise<void>;
}

/** What GraphQL over HTTP answers. */
export interface GraphQLAnswer<Page> {
  data?: Page | null;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; problem?: unknown; stacktrace?: unknown } }[];
}

/**
 * Starts the application as `main.ts` does, with the settings given besides `PORT=0` and `LOG_LEVEL=silent`, and modules
 * beside its own. Nothing on this machine can be reached through it unless `ALLOW_TARGETS` says so. A test machine that is
 * busy refuses nothing, unless `MAX_EVENT_LOOP_DELAY_MS` says so.
 */
export async function startApp(env: Readonly<Record<string, string>> = {}, others: readonly DynamicModule[] = []): Promise<TestApp> {
  // Of its own, and made only where a job needs it.
  const directory = join(tmpdir(), `pagewire-test-${randomUUID()}`);
  const settings = { PORT: '0', LOG_LEVEL: 'silent', MAX_EVENT_LOOP_DELAY_MS: '0', DATA_DIR: directory, ...env };
  const app = await createApp(readSettings(settings), others);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}`;

  const send = async <Json>(path: string, init: RequestInit): Promise<Answer<Json>> => {
    const response = await fetch(new URL(path, url), init);
    return new Answer<Json>(response, await response.arrayBuffer());
  };
  const post = <Json>(path: string, json: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer<Json>> =>
    send(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(json) });

  return {
    url,
    app,
    get: (path, query = {}) => send(`${path}${queryString(query)}`, { redirect: 'manual' }),
    post: (path, json) => post(path, json),
    send,
    graphql: (query, variables = {}, headers = {}) => post('/graphql', { query, variables }, headers),
    async close() {
      await app.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function queryString(query: Readonly<Record<string, Value>>): string {
  const entries = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`;
}
