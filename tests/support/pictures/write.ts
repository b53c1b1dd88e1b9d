/** npm run pictures: writes db/tables.md and app/modules.md; with `--check` only says whether they are up to date. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { is, Table } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { ROOT } from '#db/folder.ts';
import { codeIn } from '../structure/sources.ts';
import { layerLinks, moduleLinks, modulesPage } from './modules.ts';
import { commentsIn, headOf, type SchemaSeen, type TableSeen, tablesPage } from './tables.ts';

const check = process.argv.includes('--check');
const sources = codeIn(['app', 'db', 'seeds']);
const order: string[] = createRequire(import.meta.url)('../module-order.cjs');

const pages = {
  'db/tables.md': tablesPage(await schemas()),
  'app/modules.md': modulesPage(
    order,
    (name) => headOf(sources.get(`app/modules/${name}/module.ts`) ?? ''),
    moduleLinks(sources),
    layerLinks(sources),
  ),
};
let outdated = false;
for (const [path, text] of Object.entries(pages)) {
  const file = join(ROOT, path);
  if (!check) writeFileSync(file, text);
  else if (readIfThere(file) !== text) {
    console.error(`${path} is not what the code says: run \`npm run pictures\`.`);
    outdated = true;
  }
}
process.exit(outdated ? 1 : 0);

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function schemas(): Promise<SchemaSeen[]> {
  const folder = join(ROOT, 'db/schema');
  const files = readdirSync(folder).filter((name) => !name.includes('.test.'));
  return Promise.all(
    files.sort().map(async (file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      const comments = commentsIn(source);
      const exported = Object.values(await import(join(folder, file))).filter((one) => is(one, Table));
      return { file, says: headOf(source), tables: exported.map((one) => seen(one as unknown as SQLiteTable, comments)) };
    }),
  );
}

/** Drawn as SQLite's; PostgreSQL's differ in the names of types alone (db/columns.ts). */
function seen(table: SQLiteTable, comments: ReadonlyMap<string, string>): TableSeen {
  if (!is(table, SQLiteTable)) throw new Error('DATABASE_URL must be empty: the tables are drawn as SQLite has them.');
  const { name, columns, foreignKeys, primaryKeys } = getTableConfig(table);
  const keyed = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
  const refers = new Map(
    foreignKeys.flatMap((key) => {
      const { columns: own, foreignTable } = key.reference();
      return own.map((column) => [column.name, getTableConfig(foreignTable).name] as const);
    }),
  );
  return {
    name,
    says: comments.get(name) ?? '',
    columns: columns.map((column) => ({
      name: column.name,
      type: column.dataType,
      key: column.primary || keyed.has(column.name),
      required: column.notNull,
      refersTo: refers.get(column.name),
    })),
  };
}
