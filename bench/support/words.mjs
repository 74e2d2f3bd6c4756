/** How figures are written. */
const digits = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value < 0.1 ? 3 : 2));

export const number = (value) => Math.round(value).toLocaleString('en-US');
export const times = (value) => `${digits(value)} ×`;
export const milliseconds = (value) => `${digits(value)} ms`;
export const mebibytes = (value) => `${value.toFixed(0)} MiB`;

/** The middle half, written as the median is. */
export const between = ({ low, high }, write) => `${write(low)} to ${write(high)}`;

/**
 * A row of the table, of a figure with its spread: passed where its median is at most `most`, or at least `least`; neither where
 * it is shown alone.
 */
export function row({ what, asked, spread, write, measured, most = Infinity, least = -Infinity }) {
  const { median } = spread;
  const isJudged = most !== Infinity || least !== -Infinity;
  return {
    what,
    asked,
    median: write(median),
    spread: between(spread, write),
    measured,
    passed: isJudged ? median <= most && median >= least : null,
  };
}

/** A row of what could not be measured here, and why. */
export const unmeasured = (what, asked, why) => ({ what, asked, median: '', spread: '', measured: why, passed: null });
