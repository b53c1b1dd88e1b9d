// npm test: installs what is missing, runs every check and test, ends with how many passed and failed.
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { checkNode, ensureInstalled, productNode, ROOT } from '../../app/http/commands/bootstrap.mjs';
import { findBrowser } from './browser.mjs';
import { inLanes, runCommand, runRunner } from './runner.mjs';

checkNode();
ensureInstalled();

/** Databases of the tests are thrown away: where memory serves as a folder and has room, nobody waits for a disk. */
const IN_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 2 ** 30;
function roomInMemory() {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

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
const dataEnv = { ...env, ...(process.env.TMPDIR || !roomInMemory() ? {} : { TMPDIR: IN_MEMORY }) };

/** A check is one test; two run at a time, so what one says is shown when it is done. */
const check = (command) => async (name) => {
  const { ok, said } = await runCommand(command, { cwd: ROOT, env, quiet: true });
  console.log(`\n── ${name}\n${said}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
};

/** What a runner's own report says; a runner that failed without one, or without naming a test, counts as a failure. */
const counted = ({ ok, said, deaths, left, keep }, count) => {
  if (!said) return { passed: 0, failed: 1, deaths };
  const counts = count(said);
  const died = left.map((what) => `${what}: began and did not end`);
  const told = ok ? [] : [...counts.failures, ...died];
  return {
    ...counts,
    failed: ok ? counts.failed : Math.max(counts.failed, told.length, 1),
    failures: ok ? [] : [...told, `all it said is in ${keep}`],
    deaths,
  };
};
/** One line for the end of the run, where somebody who sees nothing but the end looks. */
const failure = (file, title, said = '') => `${file}: ${title}: ${stripVTControlCharacters(said).replace(/\s+/g, ' ').slice(0, 400)}`;
const report = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

async function vitest(name) {
  console.log(`\n── ${name}`);
  const command = (file) => `vitest run --reporter=default --reporter=./tests/support/doing.ts --reporter=json --outputFile.json=${file}`;
  return counted(await runRunner('vitest', command, { cwd: ROOT, env: dataEnv, folder: results }, report), (said) => ({
    passed: said.numPassedTests,
    failed: said.numFailedTests,
    skipped: said.numPendingTests + said.numTodoTests,
    failures: said.testResults.flatMap(({ name: file, status: whole, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      // A file that could not be loaded has no test that failed.
      if (failed.length === 0 && whole === 'failed' && message) return [failure(relative(ROOT, file), 'the file itself', message)];
      return failed.map(({ fullName, failureMessages }) => failure(relative(ROOT, file), fullName, failureMessages[0]));
    }),
  }));
}

async function browserTests(name) {
  console.log(`\n── ${name}`);
  const browser = findBrowser();
  if ('problem' in browser) {
    console.error(browser.problem);
    return { passed: 0, failed: 1 };
  }
  const command = (file) => `PLAYWRIGHT_JSON_OUTPUT_NAME=${file} playwright test --config tests/browser/playwright.config.ts`;
  const browserEnv = { ...dataEnv, HENGJI_BROWSER: browser.path };
  return counted(await runRunner('playwright', command, { cwd: ROOT, env: browserEnv, folder: results }, report), ({ stats, suites }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: specsOf(suites)
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) => failure(file, title, tests[0]?.results.at(-1)?.error?.message)),
  }));
}
const specsOf = (suites = []) => suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites)]);

const MESSAGES = ['messages compile', check('npm run --silent messages')];
/** The longest first: two lanes then end together. */
const CHECKS = [
  ['build', check('node app/http/commands/build.mjs --if-changed')],
  ['types', check('tsc --noEmit')],
  ['module directions', check('depcruise --config tests/support/dependency-rules.cjs app db seeds')],
  ['unused code', check('knip')],
  ['lint', check('biome check --error-on-warnings')],
  ['structure', check('node tests/support/structure/check.ts')],
  ['pictures', check('node tests/support/pictures/write.ts --check')],
  ['licences', check('node tests/support/licences/write.ts --check')],
  ['messages are whole', check('node tests/support/check-messages.mjs')],
];
const BUILT = ['production build is the product alone', check('node tests/support/check-built.mjs')];
/** Each uses both cores by itself. */
const RUNNERS = [
  ['unit and integration, SQLite and PostgreSQL', vitest],
  ['browser', browserTests],
];

/** More of them are in what was said above. */
const MOST_TOLD = 20;

const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
async function perform([name, step]) {
  const began = Date.now();
  const { passed, failed, skipped = 0, deaths = [], failures = [] } = await step(name);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  lines.push(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - began) / 1000)} s`);
  for (const death of deaths) lines.push(`    ${death}; ${deaths.length === 2 ? 'twice, so it failed' : 'run once more'}`);
  for (const told of [...failures.slice(0, MOST_TOLD), ...failures.slice(MOST_TOLD).slice(-1)]) lines.push(`    ${told}`);
}
const chosen = (steps) => steps.filter(([name]) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const began = Date.now();
for (const [lanes, steps] of [
  [1, [MESSAGES]],
  [2, CHECKS],
  [1, [BUILT]],
  [1, RUNNERS],
])
  await inLanes(lanes, chosen(steps), perform);
// What a runner that died or failed has said is kept.
if (!lines.some((line) => line.includes('all it said is in'))) rmSync(results, { recursive: true, force: true });

console.log(`\n${lines.join('\n')}\n${Math.round((Date.now() - began) / 1000)} s in all\n`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed || total.passed === 0 ? 1 : 0);
