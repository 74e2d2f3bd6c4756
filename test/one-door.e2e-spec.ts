import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

/** Ways to a socket that are not the door, each a file of its own. */
const DETOURS = [
  ...['net', 'tls', 'http', 'https', 'http2', 'dgram', 'dns', 'dns/promises', 'child_process', 'cluster', 'worker_threads'].flatMap(
    (name) => [
      `import * as all from 'node:${name}';\nexport const taken = all;`,
      `import * as all from '${name}';\nexport const taken = all;`,
      `export * from 'node:${name}';`,
    ],
  ),
  `import { connect } from 'node:net';\nexport const taken = connect;`,
  `import net from 'node:net';\nexport const taken = net.Socket;`,
  `import { Socket as S } from 'node:net';\nexport const taken = new S();`,
  `import { connect } from 'node:tls';\nexport const taken = connect;`,
  `import { request } from 'undici';\nexport const taken = request;`,
  `import { fetch as get } from 'undici';\nexport const taken = get;`,
  `import Client from 'undici/lib/dispatcher/client.js';\nexport const taken = Client;`,
  `import { fromURL } from 'cheerio';\nexport const taken = fromURL;`,
  `import WebSocket from 'ws';\nexport const taken = WebSocket;`,
  `import axios from 'axios';\nexport const taken = axios;`,
  `import got from 'got';\nexport const taken = got;`,
  `import { ClientRequest } from '_http_client';\nexport const taken = ClientRequest;`,
  `import { createRequire } from 'node:module';\nexport const taken = createRequire(import.meta.url)('node:net');`,
  `import { getBuiltinModule } from 'node:process';\nexport const taken = getBuiltinModule('node:net');`,
  `import { runInThisContext } from 'node:vm';\nexport const taken = runInThisContext('fetch');`,
  `import { open } from 'node:inspector';\nexport const taken = open;`,
  `import net = require('node:net');\nexport const taken = net;`,
  `export const taken = await import('node:net');`,
  `export const taken = (name: string): Promise<unknown> => import(name);`,
  `export const taken = require('node:net') as unknown;`,
  `export const taken = module.require('node:net') as unknown;`,
  `export const taken = process.getBuiltinModule('node:net');`,
  `export const taken = process['getBuiltinModule']('node:net');`,
  `const { getBuiltinModule } = process;\nexport const taken = getBuiltinModule('node:net');`,
  `export const taken = (process as unknown as { binding(name: string): unknown }).binding('tcp_wrap');`,
  `export const taken = fetch('http://127.0.0.1/');`,
  `const get = fetch;\nexport const taken = get;`,
  `export const taken = globalThis.fetch('http://127.0.0.1/');`,
  `export const taken = globalThis['fetch'];`,
  `export const taken = global.fetch;`,
  `const { fetch: get } = globalThis;\nexport const taken = get;`,
  `export const taken = new WebSocket('ws://127.0.0.1/');`,
  `export const taken = new EventSource('http://127.0.0.1/');`,
  `export const taken = eval('fetch') as unknown;`,
  `export const taken = new Function('return fetch') as unknown;`,
];

/** What looks alike and opens nothing. */
const HARMLESS = [
  `import type { Socket } from 'node:net';\nexport type Taken = Socket;`,
  `import { isIP } from 'node:net';\nexport const taken = isIP('::1');`,
  `import { load } from 'cheerio/slim';\nexport const taken = load('');`,
];

/** The rules that keep the door the only one. */
const RULES =
  /^(@typescript-eslint\/no-(restricted-imports|require-imports)|no-restricted-(globals|properties|syntax)|no-(eval|new-func))$/;

/**
 * Runs the linter on texts as if they were these files, in a process of its own, since it loads itself lazily. Without
 * types, which none of these rules needs.
 */
const LINT = `
  import { ESLint } from 'eslint';
  import tseslint from 'typescript-eslint';
  const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });
  const rules = [];
  for (const [filePath, text] of JSON.parse(process.argv[1])) {
    const [{ messages }] = await eslint.lintText(text, { filePath });
    rules.push(messages.map(({ ruleId, message }) => ruleId ?? message));
  }
  console.log(JSON.stringify(rules));`;

/** The door, what stands beside it, and what is far from it. */
const [DOOR, BESIDE, FAR] = ['src/fetch/dispatcher.ts', 'src/fetch/exchange.ts', 'src/parse/links.ts'] as const;
/** It may start processes, and nothing besides. */
const STARTER = 'src/tasks/task-process.ts';
/** It may listen by HTTP, and nothing besides. */
const LISTENER = 'src/fetch/demo-origin.ts';

describe('only the door opens sockets: the linter', () => {
  it('forbids every other way, lets the door import what it needs, and types and what asks nobody be imported anywhere', () => {
    const forbidden = [BESIDE, FAR, STARTER, LISTENER]
      .flatMap((file) => DETOURS.map((text) => [file, text] as const))
      .filter(([file, text]) => file !== STARTER || !text.includes('child_process'))
      .filter(([file, text]) => file !== LISTENER || !/ from '(node:)?http'/.test(text));
    const isGlobal = DETOURS.filter((text) => /= fetch\(|globalThis\.fetch|await import/.test(text)).map((text) => [DOOR, text] as const);
    const allowed = [
      ...HARMLESS.map((text) => [FAR, text] as const),
      [DOOR, DETOURS.find((text) => text.includes('{ connect }')) ?? ''] as const,
      [STARTER, DETOURS.find((text) => text.includes("from 'node:child_process'")) ?? ''] as const,
      [FAR, `export const taken = await import('./links.ts');`] as const,
    ];
    const tried = [...forbidden, ...isGlobal, ...allowed];
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', LINT, JSON.stringify(tried)], { encoding: 'utf8' });
    const rules = JSON.parse(said) as string[][];
    expect([rules.length, isGlobal.length]).toEqual([tried.length, 3]);
    expect(tried.filter((_, index) => !rules[index]?.some((rule) => RULES.test(rule)))).toEqual(allowed);
  }, 120_000);
});

describe('only the door opens sockets: the source', () => {
  let sources: [string, string][];

  beforeAll(() => {
    const src = join(import.meta.dirname, '..', 'src');
    sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => [name, readFileSync(join(src, name), 'utf8')]);
  });

  it('makes no exception from these rules', () => {
    const exceptions = sources.filter(([, text]) =>
      // One that names no rule is about all of them.
      /eslint-disable(-next-line|-line)?\s*($|\*\/|--)|eslint-disable.*(restricted|require|eval|new-func)/m.test(text),
    );
    expect(sources.length).toBeGreaterThan(100);
    expect(exceptions.map(([name]) => name)).toEqual([]);
  });
});
