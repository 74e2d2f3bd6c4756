import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PROBLEMS } from '../src/api/problem.ts';
import { PROBLEM_MEMBERS } from './support/contract.ts';
import { type NameServer, startNameServer } from './support/name-server.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { anyText, runs, soupOf } from './support/property.ts';
import { endOf, type Server, startServer } from './support/server.ts';
import { POST_VIEWS, VIEWS } from './support/views.ts';

/** Everything but 127.0.0.1, so that no random URL leaves this machine, whatever it says. */
const DENIED = '0.0.0.0/2,64.0.0.0/3,96.0.0.0/4,112.0.0.0/5,120.0.0.0/6,124.0.0.0/7,126.0.0.0/8,128.0.0.0/1,::/0';

const GETS = [...VIEWS, '/select'] as const;
const POSTS = [...GETS, '/extract', '/compare', '/encode', '/decode', '/graphql'] as const;

let origin: Origin;
let names: NameServer;
let server: Server;

beforeAll(async () => {
  origin = await startOrigin();
  names = await startNameServer({});
  server = await startServer(process.execPath, ['dist/server/main.js'], {
    PORT: '0',
    LOG_LEVEL: 'error',
    ALLOW_TARGETS: '127.0.0.1',
    DENY_TARGETS: DENIED,
    DNS_SERVERS: `${names.address}:${String(names.port)}`,
    FETCH_TIMEOUT_MS: '1000',
    PARSE_TIMEOUT_MS: '2000',
    PARSE_THREADS: '1',
  });
});

afterAll(async () => {
  server.process.kill('SIGKILL');
  await endOf(server.process);
  await Promise.all([origin.close(), names.close()]);
});

/** How many faults the log had before. */
let known = 0;

afterEach(async () => {
  const faults = server
    .output()
    .split('\n')
    .filter((line) => line !== '')
    .slice(known);
  known += faults.length;
  expect([server.process.exitCode, server.process.signalCode, faults]).toEqual([null, null, []]);
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
});

interface Got {
  status: number;
  type: string;
  requestId: string | null;
  text: string;
}

async function send(path: string, init: RequestInit = {}): Promise<Got> {
  const response = await fetch(server.url + path, { redirect: 'manual', ...init });
  const { status, headers } = response;
  return { status, type: headers.get('content-type') ?? '', requestId: headers.get('x-request-id'), text: await response.text() };
}

function get(path: string, query: Readonly<Record<string, unknown>>): Promise<Got> {
  const entries = Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return send(`${path}?${new URLSearchParams(entries as [string, string][]).toString()}`);
}

function post(path: string, body: string): Promise<Got> {
  return send(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
}

function isProblem(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const problem = value as Record<string, unknown>;
  const known = (PROBLEMS as Readonly<Record<string, { status: number; title: string; retryable: boolean }>>)[String(problem['code'])];
  return (
    Object.keys(problem).sort().join() === PROBLEM_MEMBERS.join() &&
    known !== undefined &&
    problem['type'] === `/problems/${String(problem['code'])}` &&
    problem['status'] === known.status &&
    problem['title'] === known.title &&
    problem['retryable'] === known.retryable &&
    typeof problem['detail'] === 'string' &&
    problem['detail'] !== '' &&
    (problem['url'] === null || typeof problem['url'] === 'string') &&
    Array.isArray(problem['exchanges']) &&
    Array.isArray(problem['errors']) &&
    problem['errors'].every(
      (error: Record<string, unknown>) =>
        typeof error['parameter'] === 'string' && typeof error['message'] === 'string' && error['message'] !== '',
    )
  );
}

/** What no answer may be: a 5xx that is ours, an error that is no problem, JSON that is none. */
function expectSound({ status, type, requestId, text }: Got): void {
  const said = `${String(status)} ${type} ${text.slice(0, 500)}`;
  if (status >= 500) expect([502, 503, 504, said]).toContain(status);
  if (status >= 400) {
    expect(said).toMatch(/^\d+ application\/problem\+json/);
    const problem = JSON.parse(text) as Record<string, unknown>;
    expect([said, isProblem(problem), problem['status'], problem['requestId']]).toEqual([said, true, status, requestId]);
  } else {
    expect([200, said]).toContain(status);
    if (type.startsWith('application/json')) expect(() => JSON.parse(text) as unknown).not.toThrow();
  }
}

/** The same for GraphQL, whose errors come in a 200, or in a 400 where the response has its own media type. */
function expectSoundGraphQL(got: Got): void {
  if (got.type.startsWith('application/problem+json')) {
    expectSound(got);
    return;
  }
  const said = `${String(got.status)} ${got.text.slice(0, 500)}`;
  expect([200, 400, said]).toContain(got.status);
  const { data, errors = [] } = JSON.parse(got.text) as {
    data?: unknown;
    errors?: { message: unknown; extensions?: { code?: unknown; problem?: { code: string } } }[];
  };
  expect([said, data !== undefined || errors.length > 0]).toEqual([said, true]);
  for (const { message, extensions } of errors) {
    expect([said, typeof message, isProblem(extensions?.problem), extensions?.code]).toEqual([
      said,
      'string',
      true,
      extensions?.problem?.code,
    ]);
    expect([said, extensions?.code]).not.toEqual([said, 'INTERNAL']);
  }
}

const scalar = fc.oneof(anyText, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
/** Values that parameters take, and any others. */
const anyValue = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '0',
      '1',
      '-1',
      '1e3',
      'true',
      'false',
      'a',
      '*',
      'parser',
      'regex',
      'unicode',
      'en',
      'first',
      'external',
      'utf-8',
      'reload',
    ),
  },
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const host = fc.oneof(
  fc.constantFrom(
    '127.0.0.1',
    '127.1',
    'localhost',
    '[::1]',
    '10.0.0.1',
    'example.com',
    'nowhere.example.org',
    '[',
    ']',
    '',
    '0',
    '%',
    'xn--a',
    'a..b',
  ),
  fc.domain(),
  fc.ipV4Extended(),
  fc.ipV6().map((address) => `[${address}]`),
  anyText,
);
/** URLs of the origin of the tests, well-formed and not, and any others. */
const anyUrl = fc.oneof(
  fc
    .tuple(fc.constantFrom('/romeo.txt', '/links/kinds', '/links/tricky', '/echo', '/'), anyText)
    .map(([path, rest]) => origin.url + path + rest),
  fc.tuple(anyText, anyText).map(([path, query]) => `${origin.url}/${path}?${query}`),
  fc
    .tuple(
      fc.constantFrom('301', '302', '303', '307', '308'),
      fc.oneof(
        anyText,
        host.map((name) => `//${name}/`),
      ),
    )
    .map(([status, to]) => `${origin.url}/redirect/to?${new URLSearchParams({ status, to }).toString()}`),
  fc
    .tuple(
      fc.constantFrom('http', 'https', 'ftp', 'HTTP', ''),
      fc.constantFrom('://', ':/', ':', '//'),
      host,
      fc.constantFrom('', ':80', ':0', ':99999', ':x', `:1`),
      anyText,
    )
    .map((parts) => parts.join('')),
  fc.webUrl(),
  anyText,
);

const markup = soupOf([
  '<a href="',
  '">',
  '</a>',
  '<p>',
  '</p>',
  '<!--',
  '-->',
  '<base href="//',
  '<table>',
  '<svg>',
  '<script>',
  '</script>',
  '&amp',
  '&#0;',
  '<',
  '>',
  '"',
  '=',
  'http://',
  '\0',
  '\u{1F600}',
  'word',
  ' ',
  '<![CDATA[',
  ']]>',
  '<?xml version="1.0"?>',
]);
const selector = soupOf([
  'a',
  '*',
  'p',
  '.x',
  '#y',
  '[href]',
  '[href^="h" i]',
  ':not(',
  ':has(',
  ':nth-child(',
  '2n+1',
  ')',
  '>',
  '+',
  '~',
  ',',
  ' ',
  '::before',
  ':root',
  '\\',
  '"',
  '[',
  ']',
  '|',
  '||',
  ':contains(x)',
]);

const xpath = soupOf([
  '/',
  '//',
  'a',
  '*',
  '@href',
  '..',
  '.',
  'text()',
  'node()',
  '[',
  ']',
  '(',
  ')',
  '1',
  'last()',
  'position()',
  '=',
  '|',
  ',',
  ' ',
  'following::',
  'ancestor-or-self::',
  'count(',
  'string(',
  'for $x in ',
  ' return ',
  '$x',
  'if (',
  'map{',
  '}',
  '"',
  "'",
  'Q{',
  'svg:',
  ' to ',
  '!',
  '=>',
  '#1',
  ':)',
  '(:',
]);

describe('whatever a caller sends, the answer is sound', () => {
  it('for any URL, at every view', async () => {
    await fc.assert(
      fc.asyncProperty(anyUrl, fc.constantFrom(...GETS), fc.boolean(), async (url, path, byPost) => {
        const query = { url, timeoutMs: 500, ...(path === '/select' && { selector: 'a' }) };
        expectSound(await (byPost ? post(path, JSON.stringify(query)) : get(path, query)));
      }),
      runs(250),
    );
  }, 60_000);

  it.each(Object.entries(POST_VIEWS))(
    'for any URL, at %s',
    async (path, members) => {
      await fc.assert(
        fc.asyncProperty(anyUrl, async (url) => {
          expectSound(await post(path, JSON.stringify({ url, timeoutMs: 500, ...members })));
        }),
        runs(50),
      );
    },
    60_000,
  );

  it('for any query string', async () => {
    const query = fc.oneof(
      soupOf([
        'url=',
        'text=',
        'hex=',
        '&',
        '=',
        '%',
        '%00',
        '%zz',
        '%ff',
        '+',
        '[',
        ']',
        '[]',
        '__proto__',
        'limit=',
        '1',
        '-',
        'a',
        '.',
        ';',
        '#',
      ]).map((text) => text.replaceAll(/[^\x21-\x7e]/g, encodeURIComponent.bind(null, '\u00e9'))),
      anyText.map((text) => new URLSearchParams({ [text]: text }).toString()),
    );
    await fc.assert(
      fc.asyncProperty(
        query,
        fc.constantFrom(...GETS, '/encode', '/decode', '/snapshots/x', '/graphql', '/problems/x', '/nowhere'),
        async (text, path) => {
          const got = await send(`${path}?${text}`);
          if (path === '/graphql') expectSoundGraphQL(got);
          else expectSound(got);
        },
      ),
      runs(200),
    );
  }, 60_000);

  it('for any path', async () => {
    const path = soupOf([
      '/',
      'snapshots',
      'problems',
      '.har',
      '.',
      '..',
      '%2f',
      '%00',
      '%',
      'docs',
      'encode',
      'INTERNAL',
      '//',
      ':',
      '*',
      '~',
    ]).map((text) => `/${text}`.replaceAll(/[^\x21-\x7e]|[?#]/g, '_'));
    await fc.assert(
      fc.asyncProperty(path, async (text) => {
        const { status } = await rawly(`GET ${text} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
        expect([200, 301, 302, 304, 400, 404, 405, 414]).toContain(status);
      }),
      runs(150),
    );
  }, 60_000);

  it('for any header field of the request', async () => {
    const name = fc.oneof(
      fc.constantFrom(
        'Accept',
        'Accept-Encoding',
        'If-None-Match',
        'If-Modified-Since',
        'Range',
        'Authorization',
        'X-API-Key',
        'Origin',
        'Host',
        'Cookie',
        'Content-Type',
        'Content-Length',
        'Content-Encoding',
        'Transfer-Encoding',
        'Expect',
        'Upgrade',
        'Connection',
        'X-Request-Id',
        'Forwarded',
        'X-Forwarded-Host',
        'X-Forwarded-Proto',
        'X-HTTP-Method-Override',
        'TE',
        'Access-Control-Request-Method',
      ),
      anyText,
    );
    const value = fc.oneof(
      anyText,
      fc.constantFrom(
        '*',
        '*/*',
        '"x"',
        'W/"x", "y"',
        'chunked',
        'close',
        '100-continue',
        'h2c',
        'gzip',
        '0',
        '-1',
        '99999999999',
        'application/json',
        'text/html;q=a',
        'Bearer x',
        'GET',
        'null',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE', 'PUT'),
        fc.array(fc.tuple(name, value), { maxLength: 4 }),
        async (method, fields) => {
          const lines = fields.map(([field, text]) => `${field}: ${text}\r\n`).join('');
          const { status, content } = await rawly(`${method} /encode?text=H HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines}\r\n`);
          expect([0, 100, 200, 204, 304, 400, 401, 404, 405, 413, 415, 417, 431]).toContain(status);
          // A HEAD has no content; what follows its head answers what follows the request.
          if (status >= 400 && content !== '' && method !== 'HEAD') expect(isProblem(JSON.parse(content))).toBe(true);
        },
      ),
      runs(200),
    );
  }, 60_000);

  it('for any header fields, cookies and content to send on', async () => {
    const list = fc.oneof(
      fc.array(
        fc.oneof(
          fc.record({ name: anyText, value: anyText }),
          fc.record({
            name: fc.constantFrom('Accept', 'Cookie', 'Host', 'X-A', 'Range', 'If-None-Match', 'Authorization', 'Content-Type'),
            value: anyText,
          }),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        { maxLength: 3 },
      ),
      scalar,
    );
    const request = fc.record(
      {
        method: fc.oneof(fc.constantFrom('GET', 'POST', 'HEAD', 'Get', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE'), anyText),
        headers: list,
        cookies: list,
        content: fc.oneof(anyText, scalar),
        contentBase64: fc.oneof(fc.base64String(), scalar),
        userAgent: scalar,
        acceptLanguage: scalar,
        httpVersion: fc.constantFrom('1.0', '1.1', '2', 1),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(request, fc.constantFrom('/echo', '/romeo.txt', '/redirect/echo-307', '/redirect/echo-303'), async (rest, path) => {
        const { httpVersion, ...fields } = rest;
        const variants = { url: origin.url + path, timeoutMs: 500, variants: [fields, {}] };
        expectSound(await post('/compare', JSON.stringify(variants)));
        const body = { url: origin.url + path, timeoutMs: 500, ...fields };
        expectSound(
          await (httpVersion === undefined
            ? post('/fetch', JSON.stringify(body))
            : post('/wire', JSON.stringify({ ...body, httpVersion }))),
        );
      }),
      runs(250),
    );
  }, 60_000);

  it('for any selector, tag and attribute, on any markup', async () => {
    await fc.assert(
      fc.asyncProperty(
        markup,
        fc.oneof(selector, anyText),
        fc.constantFrom('/select', '/tags', '/links', '/links/compare'),
        async (html, text, path) => {
          const query = path === '/select' ? { selector: text } : path === '/tags' ? { tag: text, attr: text } : { baseUrl: text };
          expectSound(await post(path, JSON.stringify({ html, ...query })));
        },
      ),
      runs(250),
    );
  }, 60_000);

  it('for any XPath, on any markup', async () => {
    await fc.assert(
      fc.asyncProperty(markup, fc.oneof(xpath, anyText), fc.boolean(), async (html, text, isOfXml) => {
        if (isOfXml) expectSound(await get('/select', { url: `${origin.url}/feed/rss`, xpath: text }));
        else expectSound(await post('/select', JSON.stringify({ html, xpath: text })));
      }),
      runs(250),
    );
  }, 60_000);

  it('for any text to encode, and any bytes to decode', async () => {
    const labels = fc.oneof(
      fc.constantFrom('utf-8', 'shift_jis', 'iso-2022-jp', 'gb18030', 'utf-16le', 'x-user-defined', 'replacement', 'big5', 'utf-7'),
      anyText,
    );
    const encode = fc.tuple(
      fc.constant('/encode'),
      fc.record({ text: fc.oneof(anyText, scalar), encodings: fc.oneof(fc.array(labels, { maxLength: 3 }), scalar) }, { requiredKeys: [] }),
    );
    const decode = fc.tuple(
      fc.constant('/decode'),
      fc.record(
        { hex: fc.oneof(fc.stringMatching(/^[0-9a-fA-F ]{0,40}$/), scalar), base64: fc.oneof(fc.base64String(), scalar), encoding: labels },
        { requiredKeys: [] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(encode, decode), fc.boolean(), async ([path, query], byPost) => {
        expectSound(await (byPost ? post(path, JSON.stringify(query)) : get(path, query)));
      }),
      runs(300),
    );
  }, 60_000);

  it('for any parameters of links and words', async () => {
    const parameters = fc.dictionary(
      fc.oneof(
        {
          weight: 8,
          arbitrary: fc.constantFrom(
            'limit',
            'offset',
            'unique',
            'element',
            'kind',
            'method',
            'tokenizer',
            'locale',
            'source',
            'fold',
            'sort',
            'encoding',
            'baseUrl',
            'maxBytes',
            'maxRedirects',
            'cache',
            'insecureTls',
            'snapshot',
          ),
        },
        { weight: 1, arbitrary: anyText },
      ),
      anyValue,
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(
        parameters,
        markup,
        fc.constantFrom('/links', '/wordcount'),
        fc.constantFrom('get', 'post', 'html'),
        async (query, html, path, how) => {
          if (how === 'html') expectSound(await post(path, JSON.stringify({ html, ...query })));
          else if (how === 'post')
            expectSound(await post(path, JSON.stringify({ url: `${origin.url}/links/tricky`, timeoutMs: 500, ...query })));
          else expectSound(await get(path, { url: `${origin.url}/links/tricky`, timeoutMs: 500, ...query }));
        },
      ),
      runs(300),
    );
  }, 60_000);

  it('for any shape to fill, over either face', async () => {
    const word = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('h1', 'a', 'p', '.', '*', 'a@href', '@class', '> a', 'xpath:.//a', 'xpath:count(//a)') },
      { weight: 3, arbitrary: selector },
      { weight: 2, arbitrary: xpath.map((text) => `xpath:${text}`) },
      { weight: 1, arbitrary: soupOf(['a', '@', 'href', '.', ' ', '>', '::text', '|', '[', ']', '"', '\\', 'xpath:', '/', '{', ',']) },
      { weight: 1, arbitrary: anyText },
    );
    const pattern = soupOf([
      'a',
      '.',
      '*',
      '+',
      '?',
      '(',
      ')',
      '|',
      '[',
      ']',
      '{2}',
      '{9,99}',
      '\\d',
      '\\p{L}',
      '^',
      '$',
      '(?i)',
      '(?=',
      '\\1',
    ]);
    const name = fc.oneof(fc.constantFrom('_', 'title', 'items', 'constructor', 'toString', '$', '0', 'a/b'), anyText);
    const { shape } = fc.letrec((tie) => ({
      shape: fc.oneof({ maxDepth: 4 }, { weight: 3, arbitrary: word }, tie('record'), tie('list'), tie('options'), scalar),
      record: fc.dictionary(name, tie('shape'), { maxKeys: 4 }),
      list: fc.array(tie('shape'), { minLength: 1, maxLength: 1 }),
      options: fc.record(
        {
          $: fc.oneof(word, fc.array(word, { maxLength: 3 }), fc.constant(null)),
          attr: fc.oneof(fc.constantFrom('href', 'checked'), scalar),
          type: fc.oneof(fc.constantFrom('text', 'html', 'number', 'date', 'url', 'boolean'), scalar),
          match: fc.oneof(pattern, scalar),
          decimal: fc.oneof(fc.constantFrom('.', ','), scalar),
          default: fc.jsonValue({ maxDepth: 2 }),
          required: fc.oneof(fc.boolean(), scalar),
          constant: fc.jsonValue({ maxDepth: 2 }),
        },
        { requiredKeys: ['$'] },
      ),
    }));
    const query = 'query ($url: String!, $shape: JSON!) { page(url: $url) { extract(shape: $shape) { data misses { message } } } }';
    const answered = { times: 0 };
    await fc.assert(
      fc.asyncProperty(shape, markup, fc.boolean(), async (wanted, html, byGraph) => {
        const url = `${origin.url}/links/tricky`;
        const variables = { url, shape: wanted };
        if (byGraph) {
          expectSoundGraphQL(await post('/graphql', JSON.stringify({ query, variables })));
        } else {
          const got = await post('/extract', JSON.stringify({ html, shape: wanted }));
          expectSound(got);
          if (got.status === 200) answered.times++;
        }
      }),
      runs(400),
    );
    expect(answered.times).toBeGreaterThan(0);
  }, 60_000);

  it('for any fields of its own answer', async () => {
    const names = ['total', 'next', 'links', 'links.url', 'tags.position', 'words', 'jsonLd', 'value', 'body', 'exchanges', 'url', 'cache'];
    const path = soupOf([...names, '.', '..', ',', ' ', '__proto__', 'constructor', 'toString', 'prototype', '0', '*', '[]', '\0']);
    const fields = fc.oneof(
      fc.array(fc.oneof(path, fc.constantFrom(...names), anyText), { maxLength: 4 }),
      scalar,
      fc.jsonValue({ maxDepth: 2 }),
    );
    const views = [
      '/fetch',
      '/headers',
      '/links',
      '/tags',
      '/metadata',
      '/wordcount',
      '/text',
      '/markdown',
      '/tables',
      '/encode',
      '/compare',
    ];
    await fc.assert(
      fc.asyncProperty(
        fields,
        fc.constantFrom(...views),
        fc.constantFrom('json', 'csv', undefined),
        fc.boolean(),
        async (wanted, view, format, byPost) => {
          const url = `${origin.url}/links/kinds`;
          const query = { url, limit: 2, ...(format !== undefined && { format }), fields: wanted };
          if (view === '/compare') expectSound(await post(view, JSON.stringify({ url, variants: [{}, {}], fields: wanted })));
          else if (byPost)
            expectSound(await post(view, JSON.stringify(['/links', '/tables', '/tags'].includes(view) ? query : { url, fields: wanted })));
          else expectSound(await get(view, { url, fields: Array.isArray(wanted) ? wanted.map(String).join(',') : wanted }));
        },
      ),
      runs(250),
    );
  }, 60_000);

  it('for a JSON body of any shape, and for any text as a body', async () => {
    const known = [
      'url',
      'html',
      'text',
      'hex',
      'query',
      'variables',
      'operationName',
      'extensions',
      'selector',
      'variants',
      'headers',
      'cookies',
      'content',
      'limit',
      '__proto__',
      'constructor',
    ];
    const shaped = fc.dictionary(
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: anyText }),
      fc.oneof(anyValue, fc.jsonValue({ maxDepth: 4 })),
      { maxKeys: 4 },
    );
    const body = fc.oneof(
      fc.json({ maxDepth: 4 }),
      shaped.map((value) => JSON.stringify(value)),
      soupOf(['{', '}', '[', ']', '"', ':', ',', '1', 'null', 'url', '\\u0000', '\\', '\ufeff']),
      anyText,
    );
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...POSTS), async (text, path) => {
        const got = await post(path, text);
        if (path === '/graphql') expectSoundGraphQL(got);
        else expectSound(got);
      }),
      runs(300),
    );
  }, 60_000);

  it('for any GraphQL document and variables', async () => {
    const words = [
      '{',
      '}',
      '(',
      ')',
      ':',
      '$',
      '!',
      '...',
      '@',
      '"',
      '"""',
      '[',
      ']',
      ' ',
      '#',
      '\n',
      'query',
      'mutation',
      'fragment F on Page',
      'page',
      'encode',
      'decode',
      '__schema',
      '__typename',
      'status',
      'links',
      'text',
      'limit',
      'url',
      '1',
      '-1',
      '1e9',
      'null',
      'true',
      'EXTERNAL',
      'skip',
      'if',
    ];
    const argument = fc.oneof(
      anyText.map((text) => JSON.stringify(text)),
      fc.integer().map(String),
      fc.constantFrom('null', 'true', '[]', '{}', '$v', 'EXTERNAL', '1e99'),
    );
    const field = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('links', 'tags', 'select', 'wordCount'),
          fc.constantFrom('limit', 'offset', 'kind', 'selector', 'tag', 'locale', 'tokenizer'),
          argument,
        )
        .map(([view, name, value]) => `page(url: "${origin.url}/links/tricky") { ${view}(${name}: ${value}) { total } }`),
      fc
        .tuple(fc.constantFrom('text', 'encodings'), argument)
        .map(([name, value]) => `encode(${name}: ${value}) { text characters { codePoint } }`),
      fc.tuple(fc.constantFrom('hex', 'base64', 'encoding'), argument).map(([name, value]) => `decode(${name}: ${value}) { text }`),
      argument.map((value) => `page(url: ${value}) { status }`),
    );
    const document = fc.oneof(
      soupOf(words, 30),
      fc
        .array(field, { minLength: 1, maxLength: 2 })
        .map((fields) => `query ($v: String) { ${fields.map((text, index) => `f${String(index)}: ${text}`).join(' ')} }`),
    );
    await fc.assert(
      fc.asyncProperty(
        document,
        fc.oneof(fc.constant({}), fc.record({ v: anyValue }), fc.jsonValue({ maxDepth: 2 })),
        fc.boolean(),
        async (query, variables, byGet) => {
          const request = { query, ...(variables !== null && { variables }) };
          const headers = { 'apollo-require-preflight': '1' };
          const path = `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`;
          expectSoundGraphQL(await (byGet ? send(path, { headers }) : post('/graphql', JSON.stringify(request))));
        },
      ),
      runs(300),
    );
  }, 60_000);
});

/** Sends text as it is, UTF-8, and gives the status of what comes back (0 when nothing does) with its content. */
function rawly(text: string): Promise<{ status: number; content: string }> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (bytes) => (received += bytes.toString('latin1')));
    socket.on('error', () => undefined);
    socket.setTimeout(2000, () => socket.destroy());
    socket.once('close', () => {
      const [, status = '0'] = /^HTTP\/1\.1 (\d{3}) /.exec(received) ?? [];
      const head = received.indexOf('\r\n\r\n');
      const isProblem = /^content-type: application\/problem\+json/im.test(received.slice(0, head));
      // What is not HTTP after a request gets an answer of its own.
      const [, length = '0'] = /^content-length: (\d+)/im.exec(received.slice(0, head)) ?? [];
      resolve({ status: Number(status), content: isProblem ? received.slice(head + 4, head + 4 + Number(length)) : '' });
    });
    socket.write(text);
  });
}
