import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Only these folders may open a socket (see .dependency-cruiser.cjs for the folders themselves). */
const network = ['undici', 'node:net', 'node:tls', 'node:http', 'node:https', 'node:http2', 'node:dns', 'node:dns/promises', 'node:dgram'];
const networkRule = [
  'error',
  {
    paths: [...new Set([...network, ...network.map((name) => name.replace('node:', ''))])].map((name) => ({
      name,
      message: 'Every connection leaves through src/fetch, behind the guard.',
    })),
  },
];

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'openapi', 'node_modules', 'data'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
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
    ignores: ['src/fetch/**'],
    rules: { 'no-restricted-imports': networkRule, 'no-restricted-globals': ['error', 'fetch', 'WebSocket', 'EventSource'] },
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
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        module: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  prettier,
);
