import fc from 'fast-check';

/**
 * Settings of a property test: a run that failed says its seed, and `PROPERTY_SEED=<seed>` runs the same again.
 * `PROPERTY_RUNS=10` tries ten times as much. A property that takes longer than its share of time ends there.
 */
export function runs(numRuns: number): fc.Parameters<unknown> {
  const { PROPERTY_SEED: seed, PROPERTY_RUNS: factor = '1' } = process.env;
  return {
    numRuns: numRuns * Number(factor),
    plugins: [fc.interruptAfterTimeLimit(8000 * Number(factor))],
    ...(seed !== undefined && { seed: Number(seed) }),
  };
}

/** Text with everything in it that a JSON string can carry: controls, half surrogates, what lies beyond the first plane. */
export const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
);

/** Words strung together: more often nearly right than random text is. */
export function soupOf(words: readonly string[], maxLength = 16): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: anyText }), { maxLength })
    .map((list) => list.join(''));
}
