/** Test files are native ES modules, which the runtime loads. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  runtime: '<rootDir>/test/support/native-runtime.mjs',
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  transform: {},
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  testTimeout: 30_000,
  // Jest would leave a core to others, and on two cores run one file after the other.
  maxWorkers: '100%',
  // What a worker has seen is not all given back.
  workerIdleMemoryLimit: '1500MB',
};
