// npm run build: messages, then browser and server files, then the compressed copies that are sent as they are.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { productNode, ROOT } from './bootstrap.mjs';

const SOURCES = ['app', 'db', 'public', 'package-lock.json', 'vite.config.ts', 'remix.config.js', 'tsconfig.json'];
const STAMP = 'build/sources.sha256';
/** What the build itself makes from the messages, and what no page is made of. */
const NO_SOURCE = /(^|\/)(i18n\/paraglide|i18n\/project\.inlang|http\/commands|app\/development)\/|\.test\.tsx?$|\.md$/;

function* filesUnder(folder, within = '') {
  for (const entry of readdirSync(join(folder, within), { withFileTypes: true })) {
    const path = within ? `${within}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* filesUnder(folder, path);
    else yield path;
  }
}

/** One hash over everything the build is made from. */
function sourcesHash() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    if (!existsSync(join(ROOT, source))) continue;
    const files = /\.\w+$/.test(source) ? [source] : [...filesUnder(ROOT, source)].filter((path) => !NO_SOURCE.test(path)).sort();
    for (const file of files)
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(ROOT, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

export const isBuilt = () =>
  existsSync(join(ROOT, 'app/i18n/paraglide/messages.js')) &&
  existsSync(join(ROOT, STAMP)) &&
  readFileSync(join(ROOT, STAMP), 'utf8') === sourcesHash();

const MESSAGES = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts.messages;
const [TOOLS, NODE] = [join(ROOT, 'node_modules/.bin'), join(productNode(), '..')];

function tool(command) {
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: ROOT,
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', PATH: [NODE, TOOLS, process.env.PATH].join(delimiter) },
  });
  if (status !== 0) throw new Error(`${command.split(' ', 2).join(' ')} failed:\n${stdout}${stderr}`);
}

export const compileMessages = () => tool(MESSAGES);

/** A file smaller than a network packet gains nothing from compression. */
const WORTH_IT = 1024;

function compressAssets(folder) {
  for (const name of filesUnder(folder)) {
    if (!/\.(js|css|svg|json|txt|webmanifest)$/.test(name)) continue;
    const bytes = readFileSync(join(folder, name));
    if (bytes.length < WORTH_IT) continue;
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
  }
}

export function buildSite() {
  const hash = sourcesHash();
  compileMessages();
  tool('remix vite:build');
  compressAssets(join(ROOT, 'build/client'));
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  writeFileSync(join(ROOT, STAMP), hash);
}

if (process.argv[1] === import.meta.filename) {
  try {
    // Building anew takes the files away from a site that runs; the tests therefore do not build while the files are current.
    if (!process.argv.includes('--if-changed') || !isBuilt()) buildSite();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
