/** How figures are written. */
export const ms = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
export const mib = (value) => `${value.toFixed(0)} MiB`;

/** p50 and p99 of what the loader gives. */
export const times = (figures) => (figures === null ? 'none' : `p50 ${ms(figures.p50)}, p99 ${ms(figures.p99)}`);

/** Counts by name, the most frequent first; `none` when there are none. */
export function counts(byName) {
  const entries = Object.entries(byName).sort(([, one], [, other]) => other - one);
  return entries.length === 0 ? 'none' : entries.map(([name, count]) => `${name} ${String(count)}`).join(', ');
}

export const sum = (byName) => Object.values(byName).reduce((total, count) => total + count, 0);

/** Before, at the peak, and after; and after how long. */
export function course(before, peak, after) {
  const one = (name, write) => `${name} ${write(before)} / ${write(peak)} / ${write(after)}`;
  return [
    one('memory', ({ rssMb }) => mib(rssMb)),
    one('descriptors', ({ fds }) => String(fds)),
    one('sockets of callers', ({ callers }) => String(callers)),
    one('sockets to origins', ({ origins }) => String(origins)),
    `(before / peak / ${after.afterS.toFixed(0)} s after)`,
  ].join('; ');
}
