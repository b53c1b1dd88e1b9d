// npm test: installs what is missing, runs every check and test, ends with how many passed and failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { checkNode, ensureInstalled, productNode, ROOT } from '../../app/http/commands/bootstrap.mjs';
import { findBrowser } from './browser.mjs';

checkNode();
ensureInstalled();

const results = mkdtempSync(join(tmpdir(), 'hengji-results-'));
const env = {
  ...process.env,
  NODE_ENV: '',
  // The tests say themselves which settings they mean.
  DATABASE_URL: '',
  FORCE_COLOR: process.env.FORCE_COLOR ?? '0',
  NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  PATH: [join(productNode(), '..'), join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
};

const run = (command, extra = {}) =>
  spawnSync(command, { cwd: ROOT, shell: true, stdio: ['ignore', 'inherit', 'inherit'], env: { ...env, ...extra } }).status === 0;
const report = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** A check is one test. */
const check = (command) => () => (run(command) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** What a runner's own report says; a runner that failed without one counts as a failure. */
const counted = (ok, counts) => (counts ? { ...counts, failed: counts.failed || (ok ? 0 : 1) } : { passed: 0, failed: 1 });

function vitest() {
  const file = join(results, 'vitest.json');
  const ok = run(`vitest run --reporter=default --reporter=json --outputFile.json=${file}`);
  const said = report(file);
  return counted(
    ok,
    said && { passed: said.numPassedTests, failed: said.numFailedTests, skipped: said.numPendingTests + said.numTodoTests },
  );
}

function browserTests() {
  const file = join(results, 'playwright.json');
  const browser = findBrowser();
  if ('problem' in browser) {
    console.error(browser.problem);
    return { passed: 0, failed: 1 };
  }
  const ok = run('playwright test --config tests/browser/playwright.config.ts', {
    HENGJI_BROWSER: browser.path,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  const said = report(file)?.stats;
  return counted(ok, said && { passed: said.expected, failed: said.unexpected + said.flaky, skipped: said.skipped });
}

const STEPS = [
  ['messages compile', check('npm run --silent messages')],
  ['messages are whole', check('node tests/support/check-messages.mjs')],
  ['types', check('tsc --noEmit')],
  ['lint', check('biome check --error-on-warnings')],
  ['unused code', check('knip')],
  ['module directions', check('depcruise --config tests/support/dependency-rules.cjs app db seeds')],
  ['structure', check('node tests/support/structure/check.ts')],
  ['pictures', check('node tests/support/pictures/write.ts --check')],
  ['licences', check('node tests/support/licences/write.ts --check')],
  ['unit and integration, SQLite and PostgreSQL', vitest],
  ['build', check('node app/http/commands/build.mjs --if-changed')],
  ['production build is the product alone', check('node tests/support/check-built.mjs')],
  ['browser', browserTests],
];

const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const [name, step] of STEPS) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  console.log(`\n── ${name}`);
  const began = Date.now();
  const { passed, failed, skipped = 0 } = step();
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  lines.push(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - began) / 1000)} s`);
}
rmSync(results, { recursive: true, force: true });

console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed || total.passed === 0 ? 1 : 0);
