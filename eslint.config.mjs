import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** What opens sockets, or gets at what does: processes, threads, other module loaders. */
const network = [
  ...['net', 'tls', 'http', 'https', 'http2', 'quic', 'dgram', 'dns', 'dns/promises', 'inspector', 'inspector/promises'],
  ...['child_process', 'cluster', 'worker_threads', 'module', 'process', 'repl', 'vm', 'wasi'],
];
/** Types open nothing, and these names ask no server and make no connection of their own. */
const harmless = { net: ['isIP', 'isIPv4', 'isIPv6'], tls: ['TLSSocket'] };
const behindTheGuard = 'Every connection leaves through src/fetch/dispatcher.ts, behind the guard.';
const importsBut = (...allowed) => [
  'error',
  {
    paths: [
      ...network
        .filter((name) => !allowed.includes(name))
        .flatMap((name) =>
          [name, `node:${name}`].map((path) => ({
            name: path,
            message: behindTheGuard,
            allowTypeImports: true,
            ...(harmless[name] && { allowImportNames: harmless[name] }),
          })),
        ),
      { name: 'cheerio', importNames: ['default', 'fromURL'], message: behindTheGuard },
    ],
    patterns: [
      { regex: '^undici(/|$)', message: behindTheGuard, allowTypeImports: true },
      { regex: '^(node:)?_', message: 'Not public, and beside the guard.' },
      {
        regex: '^(axios|cross-fetch|follow-redirects|got|isomorphic-fetch|ky|needle|node-fetch|request|superagent|websocket|ws)(/|$)',
        message: behindTheGuard,
      },
    ],
  },
];
const networkGlobals = [
  'fetch',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'Worker',
  'global',
  'globalThis',
  'self',
  'require',
  'module',
];
const networkProperties = ['getBuiltinModule', 'binding', '_linkedBinding', 'dlopen', 'mainModule'];
const networkRules = {
  'no-restricted-globals': ['error', ...networkGlobals.map((name) => ({ name, message: behindTheGuard }))],
  'no-restricted-properties': ['error', ...networkProperties.map((property) => ({ property, message: behindTheGuard }))],
  'no-restricted-syntax': [
    'error',
    {
      selector: 'ImportExpression:not([source.value=/^\\.\\.?\\//])',
      message: 'Only a file of ours is imported late, by its name: all else statically.',
    },
  ],
  'no-eval': 'error',
  'no-new-func': 'error',
};
/** The door, and what asks the name servers. */
const doors = ['src/fetch/dispatcher.ts', 'src/fetch/name-resolver.ts'];

export default tseslint.config(
  { ignores: ['dist', 'assembly', 'coverage', 'openapi', 'node_modules', 'data', 'examples/graphql/schema.d.ts', 'console/openapi.d.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // emitDecoratorMetadata needs the value import of a class that a decorated signature names.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      // A Nest module is a class whose decorator says everything.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // A model class declares a shape; answers are plain objects of that shape, made by files that know no Nest.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: [...doors, 'src/**/*.spec.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': importsBut() },
  },
  {
    // It starts the processes that read documents, which are bound by the same rules.
    files: ['src/tasks/task-process.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': importsBut('child_process') },
  },
  {
    // It starts the processes that share the port, which are this server again.
    files: ['src/workers/primary.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': importsBut('cluster') },
  },
  {
    // It listens for the retrievals of the demo, and asks nobody.
    files: ['src/fetch/demo-origin.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': importsBut('http') },
  },
  {
    // PostgreSQL without a server, in a thread that is told where its files are and nothing else.
    files: ['src/jobs/embedded-connections.ts', 'src/jobs/embedded-thread.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': importsBut('worker_threads') },
  },
  { files: ['src/**/*.ts'], ignores: ['src/**/*.spec.ts'], rules: networkRules },
  {
    // What a target sent is text here: nothing of it may become markup, and nothing but the server is asked.
    files: ['console/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'JSXAttribute[name.name=/^(dangerouslySetInnerHTML|srcdoc|innerHTML)$/i], Property[key.name=/^(dangerouslySetInnerHTML|innerHTML|outerHTML)$/], MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc|insertAdjacentHTML|setHTMLUnsafe|parseFromString|createContextualFragment|writeln)$/]',
          message: 'Text of a target is never made into markup.',
        },
      ],
      'no-eval': 'error',
      'no-new-func': 'error',
      // Numbers in sentences are as their figures.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      // A test reads JSON of unknown shape and fails by its assertion when the shape is wrong.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  // They are programs that show what they did.
  { files: ['examples/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        module: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  prettier,
);
