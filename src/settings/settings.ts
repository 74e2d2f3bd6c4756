import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseTargetList, type TargetList } from './target-list.ts';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string; homepage: string };

/** The version of this server. */
export const VERSION = manifest.version;

/** The name under which the demo is retrieved: no name of this ending exists in DNS. RFC 6761, section 6.2. */
export const DEMO_HOST = 'pagewire.test';
/** The origin of the demo, as a URL. */
export const DEMO_ORIGIN = `http://${DEMO_HOST}/`;

/** A URL to begin with: of the demo where there is one, so that no Internet is needed. */
export function exampleUrl(hasDemo: boolean): string {
  return hasDemo ? `${DEMO_ORIGIN}page1.htm` : 'https://example.com/';
}

/** A reader turns the text of a variable into its value, or throws an Error whose message says what it must be. */
type Reader<Value> = (text: string) => Value;

/** What a process is for: to answer requests, to work on jobs, or both. */
const ROLES = ['all', 'api', 'worker'] as const;
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const wholeNumber =
  (minimum: number, maximum: number): Reader<number> =>
  (text) => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new Error(`must be a whole number from ${String(minimum)} to ${String(maximum)}`);
  };

const yesOrNo: Reader<boolean> = (text) => {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new Error('must be true or false');
};

const oneOf =
  <Word extends string>(words: readonly Word[]): Reader<Word> =>
  (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    throw new Error(`must be one of ${words.join(', ')}`);
  };

const list: Reader<readonly string[]> = (text) => {
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.every((entry) => entry !== '')) return Object.freeze(entries);
  throw new Error('must be a comma-separated list without empty entries');
};

const apiKeys: Reader<readonly string[]> = (text) => {
  const keys = list(text);
  if (keys.every((key) => /^[\x21-\x7e]{16,}$/.test(key))) return keys;
  throw new Error('must be comma-separated keys of at least 16 visible ASCII characters each');
};

const origins: Reader<readonly string[]> = (text) => {
  const entries = list(text);
  if (entries.every((entry) => entry === '*' || (URL.canParse(entry) && new URL(entry).origin === entry))) return entries;
  throw new Error('must be * or comma-separated origins such as https://app.example.com');
};

const fieldValue: Reader<string> = (text) => {
  if (/^[\x20-\x7e]{1,1000}$/.test(text)) return text;
  throw new Error('must be 1 to 1000 printable ASCII characters');
};

const hostName: Reader<string> = (text) => {
  if (/^[A-Za-z0-9.:_-]{1,253}$/.test(text)) return text;
  throw new Error('must be a host name or an address to listen on');
};

const postgres: Reader<string> = (text) => {
  if (URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol)) return text;
  throw new Error('must be a postgresql:// URL');
};

const nameServers: Reader<readonly string[]> = (text) => {
  const servers = list(text);
  if (servers.every((server) => /^([\d.]+(:\d+)?|[\da-f:]+|\[[\da-f:]+\](:\d+)?)$/i.test(server))) return servers;
  throw new Error('must be comma-separated addresses of name servers, each with an optional port');
};

const proxies: Reader<number | readonly string[]> = (text) => {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  try {
    const { names, suffixes } = parseTargetList(text);
    if (names.size + suffixes.length === 0) return list(text);
  } catch {
    // Said below.
  }
  throw new Error('must be a number of proxies, or comma-separated addresses and CIDR networks of those that are trusted');
};

const anyText: Reader<string> = (text) => text;

/**
 * Every setting, once: its reader and its default as text (`null` when it has none). What depends on another setting is
 * decided in {@link readSettings}.
 */
const TABLE = {
  HOST: [hostName, '127.0.0.1'],
  PORT: [wholeNumber(0, 65535), '3000'],
  WORKERS: [wholeNumber(1, 64), '1'],
  API_KEYS: [apiKeys, null],
  OPEN_ACCESS: [yesOrNo, 'false'],
  TRUST_PROXY: [proxies, null],
  REQUEST_TIMEOUT_MS: [wholeNumber(100, 3_600_000), '60000'],
  ALLOW_TARGETS: [parseTargetList, null],
  DENY_TARGETS: [parseTargetList, null],
  DNS_SERVERS: [nameServers, null],
  DEMO: [yesOrNo, 'true'],
  FETCH_TIMEOUT_MS: [wholeNumber(1, 3_600_000), '30000'],
  FETCH_MAX_BYTES: [wholeNumber(1, 1_073_741_824), '20971520'],
  FETCH_MAX_HEADER_BYTES: [wholeNumber(1024, 16_777_216), '65536'],
  FETCH_MAX_CONCURRENT: [wholeNumber(1, 10_000), '64'],
  FETCH_MAX_PER_ORIGIN: [wholeNumber(1, 10_000), '16'],
  FETCH_QUEUE: [wholeNumber(0, 100_000), '128'],
  FETCH_MAX_TOTAL_BYTES: [wholeNumber(1, 1_099_511_627_776), '536870912'],
  MAX_CONNECTIONS: [wholeNumber(1, 1_000_000), '2048'],
  MAX_EVENT_LOOP_DELAY_MS: [wholeNumber(0, 60_000), '250'],
  SEND_TIMEOUT_MS: [wholeNumber(1, 3_600_000), '120000'],
  DRAIN_TIMEOUT_MS: [wholeNumber(0, 3_600_000), '20000'],
  PARSE_TIMEOUT_MS: [wholeNumber(1, 600_000), '5000'],
  PARSE_THREADS: [wholeNumber(1, 256), String(availableParallelism())],
  PARSE_MEMORY_MB: [wholeNumber(16, 65_536), '256'],
  GRAPHQL_MAX_RETRIEVALS: [wholeNumber(1, 10_000), '20'],
  GRAPHQL_TIMEOUT_MS: [wholeNumber(1, 3_600_000), '60000'],
  GRAPHQL_MAX_DEPTH: [wholeNumber(1, 1000), '15'],
  GRAPHQL_INTROSPECTION: [yesOrNo, 'true'],
  USER_AGENT: [fieldValue, `Pagewire/${manifest.version} (+${manifest.homepage})`],
  CACHE_MAX_BYTES: [wholeNumber(0, 1_099_511_627_776), '268435456'],
  SNAPSHOT_TTL_S: [wholeNumber(1, 31_536_000), '600'],
  RATE_LIMIT_PER_MINUTE: [wholeNumber(0, 1_000_000), null],
  CORS_ORIGINS: [origins, null],
  ROLE: [oneOf(ROLES), 'all'],
  DATABASE_URL: [postgres, null],
  DATA_DIR: [anyText, './data'],
  JOB_CONCURRENCY: [wholeNumber(1, 10_000), '32'],
  JOB_MAX_UNFINISHED: [wholeNumber(1, 100_000), '16'],
  JOB_MAX_KEPT: [wholeNumber(1, 1_000_000), '256'],
  JOB_MAX_RESULT_BYTES: [wholeNumber(1024, 1_099_511_627_776), '268435456'],
  JOB_TTL_S: [wholeNumber(1, 31_536_000), '604800'],
  WATCH_MAX: [wholeNumber(0, 1_000_000), '100'],
  WATCH_MIN_INTERVAL_S: [wholeNumber(1, 31_536_000), '60'],
  WEBHOOK_TIMEOUT_MS: [wholeNumber(100, 60_000), '15000'],
  CRAWL_MAX_PAGES: [wholeNumber(1, 10_000_000), '100000'],
  CRAWL_MAX_DELAY_MS: [wholeNumber(0, 3_600_000), '30000'],
  LOG_LEVEL: [oneOf(LOG_LEVELS), 'info'],
} as const satisfies Record<string, readonly [Reader<unknown>, string | null]>;

type Table = typeof TABLE;
type Name = keyof Table;
/** A setting without a default may be `null`. */
type ValueOf<N extends Name> = ReturnType<Table[N][0]> | (Table[N][1] extends string ? never : null);

/** The environment, read once: every value checked, none missing, frozen. */
export type Settings = {
  readonly [N in Exclude<Name, 'ALLOW_TARGETS' | 'DENY_TARGETS' | 'RATE_LIMIT_PER_MINUTE' | 'CORS_ORIGINS'>]: ValueOf<N>;
} & {
  readonly ALLOW_TARGETS: TargetList;
  readonly DENY_TARGETS: TargetList;
  readonly RATE_LIMIT_PER_MINUTE: number;
  readonly CORS_ORIGINS: readonly string[];
};

/** Everything that is wrong with the environment, one line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `${String(problems.length)} setting${problems.length === 1 ? ' is' : 's are'} wrong:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** True for an address or name that only this machine can call. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Reads the settings from the environment. An empty variable counts as not set.
 *
 * @throws SettingsError that names every wrong setting at once.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = [];
  const values: Partial<Record<Name, unknown>> = {};
  for (const name of Object.keys(TABLE) as Name[]) {
    const [read, preset] = TABLE[name];
    const given = env[name]?.trim() ?? '';
    const text = given === '' ? preset : given;
    try {
      values[name] = text === null ? null : read(text);
    } catch (error) {
      problems.push(
        `${name} ${(error as Error).message}${name === 'API_KEYS' || name === 'DATABASE_URL' ? '' : `, but is ${JSON.stringify(text)}`}`,
      );
    }
  }
  const host = values.HOST as string | undefined;
  const onLoopback = host !== undefined && isLoopbackHost(host);
  if (host !== undefined && !onLoopback && !env['API_KEYS'] && values.OPEN_ACCESS !== true) {
    problems.push(
      `HOST ${host} can be called from other machines: set API_KEYS so that only callers with a key are answered, or OPEN_ACCESS=true to let everybody in`,
    );
  }
  if (values.ROLE !== 'all' && values.ROLE !== undefined && values.DATABASE_URL === null) {
    problems.push(`ROLE ${values.ROLE as string} is for one of several processes, which share a database: set DATABASE_URL, too`);
  }
  if (problems.length > 0) throw new SettingsError(problems);
  values.ALLOW_TARGETS ??= parseTargetList('');
  values.DENY_TARGETS ??= parseTargetList('');
  values.RATE_LIMIT_PER_MINUTE ??= onLoopback ? 0 : 120;
  values.CORS_ORIGINS ??= Object.freeze(onLoopback ? ['*'] : []);
  return Object.freeze(values) as Settings;
}
