#!/usr/bin/env node
/**
 * `npm start`, `npm test` and `npm run build`: install what the lock file names and compile what has changed, each only
 * when needed, then run on the Node.js that the project brings. `npm run test:namespace` does the last step in a network
 * namespace of its own. Plain JavaScript, so that Node 20 can run it first.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task, ...rest] = process.argv.slice(2);

function say(message) {
  process.stderr.write(`pagewire: ${message}\n`);
}

function fail(message) {
  say(message);
  process.exit(1);
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** True when every package that the lock file asks for is there in its version (optional ones may be missing). */
function isInstalled({ withDev }) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const present = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (present === undefined) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional === true ||
      entry.devOptional === true ||
      (entry.dev === true && !withDev) ||
      (entry.peer === true && present[path] === undefined) ||
      present[path]?.version === entry.version,
  );
}

function install() {
  say('installing packages (first time, or the lock file changed) …');
  // npm is a script of its own on Windows, which spawn finds only through a shell.
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) fail('npm ci failed; its own message above says why. Nothing was started.');
}

/** The Node.js that package.json brings, else the running one when it is new enough. */
function findNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  try {
    const manifest = createRequire(join(root, 'package.json')).resolve(`node-${platform}-${process.arch}/package.json`);
    const bin = readJson(manifest).bin.node;
    return join(dirname(manifest), bin);
  } catch {
    if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
    return fail(`no packaged Node.js 24 for ${platform}-${process.arch}: install Node.js 24 or newer and run this again.`);
  }
}

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** What is built, what of, and how: each part has a stamp of what it was built from, and is built again when that has changed. */
const PARTS = [
  {
    name: 'server',
    stamp: join(root, 'dist', '.built-from'),
    files: ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'scripts/server-bundle.mjs'],
    folder: 'src',
    commands: [['@nestjs/cli/bin/nest.js', 'build'], ['../scripts/server-bundle.mjs']],
    // All but the other parts, so that nothing stays of a source that is no more.
    clear: () => {
      const dist = join(root, 'dist');
      const entries = existsSync(dist) ? readdirSync(dist) : [];
      for (const entry of entries.filter((name) => !['console', 'database'].includes(name))) rmSync(join(dist, entry), { recursive: true });
    },
  },
  {
    name: 'database',
    stamp: join(root, 'dist', 'database', '.built-from'),
    files: ['package-lock.json', 'scripts/database-template.mjs'],
    folder: 'src/jobs',
    commands: [['../scripts/database-template.mjs']],
    clear: () => undefined,
  },
  {
    name: 'console',
    stamp: join(root, 'dist', 'console', '.built-from'),
    files: [
      ...['package-lock.json', 'tsconfig.json', 'scripts/console-types.mjs', 'README.md'],
      ...['openapi/openapi.json', 'openapi/schema.graphql', 'src/api/open-api.ts'],
    ],
    folder: 'console',
    commands: [
      ['../scripts/console-types.mjs'],
      ['vite/bin/vite.js', 'build', '--config', 'console/vite.config.ts', '--configLoader', 'native'],
    ],
    clear: () => undefined,
  },
];

/** A digest of all that the build of a part reads. */
function sourceDigest({ files, folder }) {
  const hash = createHash('sha256');
  const sources = filesBelow(join(root, folder)).filter((path) => !path.endsWith('.spec.ts') && !path.endsWith('openapi.d.ts'));
  for (const path of [...files.map((name) => join(root, name)), ...sources.sort()]) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function build(node, { name, stamp, commands, clear, digest }) {
  say(`building the ${name} …`);
  clear();
  for (const [script, ...args] of commands) {
    const done = spawnSync(node, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: ['ignore', 2, 2] });
    if (done.status !== 0) fail(`the ${name} could not be built; its compiler says why above. Nothing was started.`);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

/** Replaces this process as well as Node.js can: signals are passed on, the child's end is ours. */
function run(node, args) {
  // Node 22.15 and newer can; the script then leaves nothing of itself in memory.
  if (process.execve && process.platform !== 'win32') process.execve(node, [node, ...args], process.env);
  const child = spawn(node, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}

/** The command that runs another one in a network of its own (Linux), as root or as one who is root in there alone. */
function namespaceCommand() {
  const ways = [[], ['--map-root-user']].map((as) => ['unshare', ...as, '--net', '--mount']);
  const tried = ways.map(([program, ...flags]) => spawnSync(program, [...flags, 'true'], { encoding: 'utf8' }));
  const way = ways[tried.findIndex(({ status }) => status === 0)];
  if (way !== undefined) return way;
  const why = tried.map(({ stderr, error }) => error?.message ?? stderr.trim()).join('; ');
  return fail(`these tests need a network namespace of their own, which this machine does not give (${why}). Nothing was tested.
pagewire: Run them on Linux with util-linux and iproute2, as root or where users may make namespaces (kernel.unprivileged_userns_clone=1).`);
}

const toBuild = PARTS.map((part) => ({ ...part, digest: sourceDigest(part) })).filter(
  ({ stamp, digest }) => !existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest,
);
if (!isInstalled({ withDev: ['test', 'namespace', 'postgres'].includes(task) || toBuild.length > 0 })) install();
const node = findNode();
for (const part of toBuild) build(node, part);

/**
 * How V8 collects garbage. A young generation that may not grow further: a server at rest takes some 40 MiB less. Snapshots, hundreds of MiB outside of
 * its heap, count to what may grow by half: by itself it looks through the whole heap after every 64 MiB of them, a third of a server's work.
 */
const MEMORY = ['--expose-gc', '--max-semi-space-size=16', '--external-memory-accounted-in-global-limit', '--heap-growing-percent=50'];

// Each of glibc's further arenas keeps what it once needed: a sixth of what a server at rest has.
if (task === 'start') process.env.MALLOC_ARENA_MAX ??= '2';
// Another version than the one that the project brings may not know them.
if (task === 'start')
  run(node, [
    ...(node === process.execPath && !process.version.startsWith('v24.') ? [] : MEMORY),
    join(root, 'dist', 'server', 'main.js'),
    ...rest,
  ]);
else if (['test', 'namespace', 'postgres'].includes(task)) {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const command = [node, jest, ...rest];
  if (task === 'postgres') {
    process.env.TEST_DATABASE = 'postgres';
    run(node, [
      ...command.slice(1),
      '--runInBand',
      '--testMatch',
      '**/batches.e2e-spec.ts',
      '**/jobs-deaths.e2e-spec.ts',
      '**/crawls.e2e-spec.ts',
      '**/crawl-graph.e2e-spec.ts',
      '**/webhooks.e2e-spec.ts',
      '**/watches.e2e-spec.ts',
      '**/*.postgres-spec.ts',
    ]);
  } else if (task === 'test') run(node, command.slice(1));
  else {
    const inside = namespaceCommand();
    // The tests compare it with theirs: they must not change the network of the machine.
    process.env.OUTER_NETWORK = readlinkSync('/proc/self/ns/net');
    run('/usr/bin/env', [...inside, ...command]);
  }
} else if (task !== 'build') fail(`unknown task ${String(task)}: start, test, namespace, postgres or build`);
