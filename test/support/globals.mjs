/** What `@jest/globals` is to a test file: those of the file that is run, hence loaded anew for each. */
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } = globalThis[Symbol.for('pagewire.test')];
