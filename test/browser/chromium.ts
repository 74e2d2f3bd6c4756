import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Starts the Chromium of this machine; throws where there is none. */
export function launch(args: readonly string[]): Promise<Browser> {
  const executablePath = [
    process.env['CHROMIUM'],
    '/usr/lib/chromium/chromium',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    throw new Error('there is no Chromium: install it (on Debian: apt-get install chromium), or name its program in CHROMIUM');
  }
  return chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--no-proxy-server', '--disable-gpu', ...args],
  });
}
