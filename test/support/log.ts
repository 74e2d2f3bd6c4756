import { format } from 'node:util';

/** All that is written to standard error from now on, until it is given back. */
export interface CapturedLog {
  text(): string;
  /** The JSON lines of it. */
  lines(): Record<string, unknown>[];
  restore(): void;
}

/** Catches what the application of this process logs. */
export function capturedLog(): CapturedLog {
  const write = process.stderr.write.bind(process.stderr);
  let text = '';
  process.stderr.write = (...args: unknown[]): boolean => {
    text += typeof args[0] === 'string' ? args[0] : format('%s', args[0]);
    const done = args.at(-1);
    if (typeof done === 'function') (done as () => void)();
    return true;
  };
  return {
    text: () => text,
    lines: () =>
      text
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    restore: () => {
      process.stderr.write = write;
    },
  };
}
