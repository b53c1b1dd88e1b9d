// Runs on whatever Node the machine has, before anything is installed: nothing but Node's own modules here, and no new syntax.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..');

/** What npm 11 itself needs to install the project's own Node. */
const OLDEST_TO_INSTALL = [20, 0];
/** better-sqlite3 13 ends the process on older ones. */
const OLDEST_TO_RUN = [22, 12];
/** From here on Node reads TypeScript without being told to. */
const READS_TYPESCRIPT = [22, 18];

const atLeast = (version, [major, minor]) => {
  const [a, b] = version.replace(/^v/, '').split('.').map(Number);
  return a > major || (a === major && b >= minor);
};

/** One line, exit code 1. */
export function refuse(line) {
  console.error(`hengji: ${line}`);
  process.exit(1);
}

/** @param {string} version as in process.version */
export function checkNode(version = process.version) {
  if (!atLeast(version, OLDEST_TO_INSTALL)) refuse(`Node ${version} is too old; Node 20 or newer is needed (nodejs.org).`);
}

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Whether node_modules holds what package-lock.json says; what is optional may be missing (other platforms).
 * @param toServe then also what only building and testing need may be missing (`npm ci --omit=dev`)
 */
export function isInstalled(root = ROOT, toServe = false) {
  const marker = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(marker)) return false;
  const has = json(marker).packages;
  return Object.entries(json(join(root, 'package-lock.json')).packages).every(
    ([path, wanted]) =>
      path === '' ||
      wanted.optional ||
      wanted.devOptional ||
      wanted.peer ||
      (toServe && wanted.dev) ||
      has[path]?.version === wanted.version,
  );
}

/** Installs exactly what the lock file says, unless it is there already. */
export function ensureInstalled(root = ROOT) {
  if (isInstalled(root)) return;
  console.log('Installing packages (npm ci), this takes a minute …');
  const { status, stderr, error } = spawnSync('npm', ['ci', '--no-progress'], {
    cwd: root,
    // A set NODE_ENV=production would leave out what builds the site.
    env: { ...process.env, NODE_ENV: '' },
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return;
  const said = (stderr ?? '').split('\n').filter((line) => /^npm (error|ERR!)/.test(line));
  const why = said.map((line) => line.replace(/^npm (error|ERR!)\s*/, '')).filter((line) => line && !/^(code|A complete log)/.test(line));
  refuse(`Installing the packages failed: ${error?.message ?? why[0] ?? `npm ended with ${status}`}`);
}

/** The Node the product runs on: the installed one where its platform has one, else this one when it is new enough. */
export function productNode(root = ROOT, version = process.version) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const own = join(root, `node_modules/node-${platform}-${process.arch}/bin/node${platform === 'win' ? '.exe' : ''}`);
  if (existsSync(own)) return own;
  if (atLeast(version, OLDEST_TO_RUN)) return process.execPath;
  return refuse(
    `Node ${version} is too old, and there is no Node to install for ${process.platform}-${process.arch}; Node 22.12 or newer is needed.`,
  );
}

/**
 * Young memory of the server, in MB. Left alone, Node lets it grow while the modules load and keeps it: 340 MB at rest instead
 * of 220, for pages drawn no faster.
 */
const YOUNG_MB = 4;

/** How the product's process is started; the benchmark starts it in the same way. */
export const PRODUCT_FLAGS = [`--max-semi-space-size=${YOUNG_MB}`, '--disable-warning=ExperimentalWarning'];
/**
 * What V8 has compiled is kept between starts: a start then takes four fifths of the time, and its memory less. On Linux the C library keeps
 * an arena for each of its threads, and what was freed while the modules loaded: 153 MB at rest, 142 with two arenas and what is free given
 * back. What is brought over the network lies in pieces of 64 kB for a moment: out of one heap with what is kept for long, they leave holes in it
 * that are never given back (254 MB after five busy minutes, of which 19 were in use). From 32 kB on, each is a mapping of its own.
 * Other systems ignore these settings.
 */
export const PRODUCT_ENV = {
  NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compiled'),
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '32768',
};

/** An empty variable counts as none. */
const given = () => Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));

/**
 * Runs a TypeScript file of the project in a process of its own, with this one's terminal, and ends as it ends.
 * @param {string} file
 * @param {Record<string, string>} env used where the environment says nothing; NODE_ENV is always the command's
 */
export function runProduct(file, env) {
  const node = productNode();
  const flags = [...PRODUCT_FLAGS];
  if (node === process.execPath && !atLeast(process.version, READS_TYPESCRIPT)) flags.push('--experimental-strip-types');
  const child = spawn(node, [...flags, join(ROOT, file), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...PRODUCT_ENV, ...env, ...given(), NODE_ENV: env.NODE_ENV },
  });
  // A terminal's Ctrl-C reaches the child by itself: this process only has to outlive it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
