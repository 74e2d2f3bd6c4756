import { existsSync, readFileSync } from 'node:fs';

/** Where the console was built to, seen from src/api and from dist/api alike. */
export const CONSOLE_FOLDER = new URL('../../dist/console/', import.meta.url);

const pages = new Map<string, string>();

/**
 * A page of the console's build, as text with `nonce` on each of its scripts.
 *
 * @param name - the path of its HTML file in `console/`, such as `index.html`
 * @returns null where the console was not built.
 */
export function consolePage(name: string, nonce: string): string | null {
  const url = new URL(name, CONSOLE_FOLDER);
  if (!pages.has(name)) {
    if (!existsSync(url)) return null;
    pages.set(name, readFileSync(url, 'utf8'));
  }
  return pages.get(name)?.replaceAll('<script ', `<script nonce="${nonce}" `) ?? null;
}
