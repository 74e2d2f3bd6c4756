/** The house's walls (CONTRIBUTING.md): which file may import which. */
const nestSuffix = '\\.(module|controller|service|resolver|model|args|filter|decorator|guard|setup)\\.ts$';
/** Left to right; a folder never imports one to its right. `settings`, `formats` and `api` are the ground floor. */
const floors = [
  'settings',
  'workers',
  'formats',
  'api',
  'tasks',
  'encode',
  'demo',
  'fetch',
  'parse',
  'text',
  'wordcount',
  'characters',
  'compare',
  'sites',
  'jobs',
  'webhooks',
  'batches',
  'crawls',
  'watches',
  'limits',
  'graphql',
];
/** Plain by their suffix, yet made of Nest: the roots that assemble it, and the declaration of enumerations for both faces. */
const assemblers = '^src/(main|contract|app\\.setup|app\\.module|api/enumeration)\\.ts$';

/** What opens sockets, or gets at what does. */
const SOCKETS =
  '^(node:)?(net|tls|http|https|http2|dns|dns/promises|dgram|quic|inspector|child_process|cluster|worker_threads|module|process|repl|vm|wasi)$';

module.exports = {
  forbidden: [
    {
      name: 'plain-files-know-no-nest',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          nestSuffix,
          assemblers,
          '\\.spec\\.ts$',
          '^src/graphql/(query-limits|collected-fields|asked-fields|repetition|direct-resolvers|graphql-problems)\\.ts$',
        ],
      },
      to: { path: 'node_modules/(@nestjs|class-validator|class-transformer|reflect-metadata|fastify|@fastify|graphql|@apollo)/' },
    },
    {
      name: 'plain-files-import-models-as-types-only',
      severity: 'error',
      from: { path: '^src/', pathNot: [nestSuffix, assemblers, '\\.spec\\.ts$'] },
      to: { path: '\\.(model|args|decorator)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    ...floors.map((floor, index) => ({
      name: `${floor}-imports-nothing-to-its-right`,
      severity: 'error',
      from: { path: `^src/${floor}/`, pathNot: '\\.spec\\.ts$' },
      to: { path: `^src/(${[...floors.slice(index + 1), 'none'].join('|')})/` },
    })),
    {
      name: 'encode-imports-nobody',
      severity: 'error',
      from: { path: '^src/encode/', pathNot: [nestSuffix, '\\.spec\\.ts$'] },
      to: { path: '^src/(?!encode/|api/|tasks/)' },
    },
    {
      name: 'only-fetch-opens-sockets',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/fetch/',
          '^src/tasks/task-process\\.ts$',
          '^src/workers/primary\\.ts$',
          '^src/jobs/embedded-(connections|thread)\\.ts$',
          '\\.spec\\.ts$',
        ],
      },
      to: { path: ['node_modules/undici/', SOCKETS] },
    },
    {
      name: 'one-file-starts-processes',
      severity: 'error',
      from: { path: '^src/tasks/task-process\\.ts$' },
      to: { path: ['node_modules/undici/', SOCKETS.replace('|child_process', '')] },
    },
    {
      name: 'one-file-starts-workers',
      severity: 'error',
      from: { path: '^src/workers/primary\\.ts$' },
      to: { path: ['node_modules/undici/', SOCKETS.replace('|cluster', '')] },
    },
    {
      name: 'one-thread-has-the-database',
      severity: 'error',
      from: { path: '^src/jobs/embedded-(connections|thread)\\.ts$' },
      to: { path: ['node_modules/undici/', SOCKETS.replace('|worker_threads', '')] },
    },
    {
      name: 'one-file-speaks-to-the-database',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/jobs/postgres-connections\\.ts$', '\\.spec\\.ts$'] },
      to: { path: 'node_modules/pg/' },
    },
    {
      name: 'only-the-door-opens-sockets',
      severity: 'error',
      from: { path: '^src/fetch/', pathNot: ['^src/fetch/(dispatcher|name-resolver|demo-origin)\\.ts$', '\\.spec\\.ts$'] },
      // connection.ts asks whether a socket is a TLSSocket.
      to: { path: ['node_modules/undici/', SOCKETS.replace('|tls', '')], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-demo-listens-and-opens-nothing-else',
      severity: 'error',
      from: { path: '^src/fetch/demo-origin\\.ts$' },
      to: { path: ['node_modules/undici/', SOCKETS.replace('|http|', '|')], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-console-knows-the-contract-alone',
      severity: 'error',
      from: { path: '^console/' },
      // And of what its document is made.
      to: { path: '^(src|test|scripts|bench)/', pathNot: '^src/api/open-api\\.ts$' },
    },
    {
      name: 'the-server-knows-nothing-of-the-console',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^console/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(src|console)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { path: '^src/', orphan: true, pathNot: ['(main|worker|contract|embedded-thread|\\.d)\\.ts$'] },
      to: {},
    },
    {
      name: 'source-imports-no-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(^test/|\\.spec\\.ts$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
