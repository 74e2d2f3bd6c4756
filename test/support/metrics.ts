import type { TestApp } from './app.ts';

/** The value of a metric by its name and labels, as they are written: 0 for one that has not been counted. */
export async function metric(app: TestApp, name: string): Promise<number> {
  const { text } = await app.get('/metrics');
  const line = text.split('\n').find((written) => written.startsWith(`pagewire_${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}
