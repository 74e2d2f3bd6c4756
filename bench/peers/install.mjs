/**
 * Those that the server is compared with, installed when asked for and never part of the project: cheerio and Crawlee from
 * npm, Scrapy from Debian, without root and without changing the system. What cannot be had is null, and `why` says why.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGES = ['cheerio@1', '@crawlee/cheerio@3'];
const SCRAPY = 'python3-scrapy';

const run = (command, given, more = {}) =>
  execFileSync(command, given, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28, ...more }).toString();

/** What was installed in a folder, or in a temporary one that goes with this process: where it is, and of each peer its version or null. */
export function installPeers(given) {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'pagewire-peers-'));
  if (given === undefined) process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  const why = [];
  const tried = (install) => {
    try {
      return install(folder);
    } catch (error) {
      why.push(
        String(error.stderr?.toString() || error.message)
          .trim()
          .slice(-300),
      );
      return null;
    }
  };
  const packages = tried(fromNpm);
  const scrapy = tried(fromDebian);
  return { folder, ...packages, scrapy, why: why.join('; ') };
}

function fromNpm(folder) {
  const manifest = join(folder, 'package.json');
  if (!existsSync(join(folder, 'node_modules', 'cheerio'))) {
    writeFileSync(manifest, '{"private": true}');
    run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES], { cwd: folder });
  }
  const { version: cheerio } = packageOf(folder, 'cheerio');
  const { version: crawlee } = packageOf(folder, '@crawlee/cheerio');
  return { cheerio, crawlee };
}

/** A package of npm that was installed: its manifest. */
function packageOf(folder, name) {
  return createRequire(join(folder, 'package.json'))(join(folder, 'node_modules', name, 'package.json'));
}

/** Debian's packages are unpacked, not installed: what they need and the system lacks comes along. */
function fromDebian(folder) {
  const root = join(folder, 'debian');
  if (!existsSync(root)) {
    const wanted = run('apt-get', ['--simulate', '--no-install-recommends', 'install', SCRAPY]);
    const names = wanted.split('\n').flatMap((line) => /^Inst (\S+)/.exec(line)?.[1] ?? []);
    const downloads = join(folder, 'downloads');
    mkdirSync(downloads, { recursive: true });
    // apt gives its right to write up, as a user who has none in a folder of ours.
    if (names.length > 0) run('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', ...names], { cwd: downloads });
    mkdirSync(root);
    for (const file of readdirSync(downloads)) run('dpkg-deb', ['--extract', join(downloads, file), root]);
  }
  return run(PYTHON, ['-c', 'import scrapy; print(scrapy.__version__)'], { env: pythonEnvironment(folder) }).trim();
}

/** Debian's, which its packages are made for. */
export const PYTHON = '/usr/bin/python3';

/** Where that finds what was unpacked. */
export function pythonEnvironment(folder) {
  const under = (path) => join(folder, 'debian', path);
  const machine = { x64: 'x86_64', arm64: 'aarch64' }[process.arch] ?? process.arch;
  return {
    ...process.env,
    PYTHONPATH: under('usr/lib/python3/dist-packages'),
    LD_LIBRARY_PATH: under(`usr/lib/${machine}-linux-gnu`),
  };
}
