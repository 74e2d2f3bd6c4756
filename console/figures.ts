/** How numbers are told. */

const whole = new Intl.NumberFormat('en');

/** `12,345` */
export const count = (value: number): string => whole.format(value);

/** `167 B`, `12.3 kB`: by thousands, as transfers are told. */
export function bytes(value: number): string {
  if (value < 1000) return `${String(value)} B`;
  if (value < 1_000_000) return `${(value / 1000).toFixed(value < 10_000 ? 2 : 1)} kB`;
  return `${(value / 1_000_000).toFixed(2)} MB`;
}

/** `0.4 ms`, `33 ms`, `1.25 s` */
export function ms(value: number): string {
  if (value < 10) return `${value.toFixed(1)} ms`;
  return value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(2)} s`;
}

/** `1 link`, `2 links` */
export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;
