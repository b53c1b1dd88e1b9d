/** The rules of the house that no compiler holds. With `--shrink`, exceptions nothing needs any more are taken out of their lists. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '#db/folder.ts';
import { headOf } from '../pictures/tables.ts';
import { unannounced } from './announced.ts';
import { compareWith, readExceptions } from './exceptions.ts';
import { modulesUnknown } from './modules-known.ts';
import { otherNodes } from './node-version.ts';
import { deadEnds, incompleteDecisions } from './pages.ts';
import { rawRoles } from './raw-roles.ts';
import { writingReadModels } from './read-models.ts';
import { settingsUntold } from './settings.ts';
import { linesOf, mostLines, tooLong } from './sizes.ts';
import { codeIn } from './sources.ts';
import { foreignTables } from './table-owners.ts';

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const shrink = process.argv.includes('--shrink');
const problems: string[] = [];

function listed(list: string, found: readonly string[], say: (one: string) => string): void {
  const path = `tests/support/structure/${list}`;
  const { fresh, stale } = compareWith(readExceptions(text(path)), found);
  problems.push(...fresh.map(say));
  if (shrink && stale.length > 0) writeFileSync(join(ROOT, path), without(text(path), stale));
  else problems.push(...stale.map((one) => `${path}: "${one}" is needed no more; take it out (npm run structure -- --shrink)`));
}

const without = (list: string, gone: readonly string[]) =>
  list
    .split('\n')
    .filter((line) => !gone.includes(line.replace(/#.*/, '').trim()))
    .join('\n');

const sources = codeIn(['app', 'db', 'seeds', 'tests']);
listed(
  'long-files.txt',
  tooLong(sources),
  (path) => `${path} has ${linesOf(sources.get(path) ?? '')} lines; ${mostLines(path)} are the most: split it where its subject changes`,
);
listed(
  'unannounced.txt',
  unannounced(sources),
  (path) => `${path} changes what the catalogue or the scopes are derived from, and does not announce it (app/core/change-feed.server.ts)`,
);
problems.push(
  ...foreignTables(sources).map((one) => {
    const [path, schema] = one.split(' ');
    return `${path} uses tables of db/schema/${schema}.ts, which belong to another module, or hands them on: see app/decisions/tables.md`;
  }),
  ...writingReadModels(sources).map((path) => `${path} writes: what stands in app/read-models only reads`),
  ...rawRoles(sources).map((path) => `${path} compares a role: what a role may do is asked of app/modules/identity/policy.ts`),
  ...settingsUntold({
    settings: text('app/core/settings.ts'),
    example: text('.env.example'),
    compose: text('compose.yaml'),
    readme: text('README.md'),
  }),
  ...modulesUnknown({
    folders: readdirSync(join(ROOT, 'app/modules')),
    order: createRequire(import.meta.url)('../module-order.cjs'),
    headOf: (name) => headOf(text(`app/modules/${name}/module.ts`)),
  }),
  ...otherNodes({
    nodeVersion: text('.node-version'),
    dockerfile: text('Dockerfile'),
    packages: JSON.parse(text('package.json')).optionalDependencies,
  }),
);

const page = (path: string) => ({ path, text: text(path) });
const decisions = readdirSync(join(ROOT, 'app/decisions')).map((name) => page(`app/decisions/${name}`));
problems.push(
  ...deadEnds(['README.md', 'CONTRIBUTING.md', 'app/security.md'].map(page).concat(decisions), (path) => existsSync(join(ROOT, path))),
  ...incompleteDecisions(decisions),
);

for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
