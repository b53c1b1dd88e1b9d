/** Databases as earlier versions left them: migrated up to one of their migrations, with rows in every table there was. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { inject } from 'vitest';
import { MIGRATIONS } from '#db/folder.ts';
import { newDatabaseUrl } from '#tests/support/database.ts';
import { folder } from './copies.ts';

/** One connection, either engine, and the statements as they are. */
export type Raw = { run(statement: string): Promise<void>; rows<T>(statement: string): Promise<T[]>; close(): Promise<void> };

export async function raw(url: string): Promise<Raw> {
  if (inject('engine') === 'sqlite') {
    const db = new Sqlite(url);
    return {
      run: async (statement) => void db.exec(statement),
      rows: async <T>(statement: string) => db.prepare(statement).all() as T[],
      close: async () => void db.close(),
    };
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    run: async (statement) => void (await client.query(statement)),
    rows: async <T>(statement: string) => (await client.query(statement)).rows as T[],
    close: () => client.end(),
  };
}

export const versions = (): string[] =>
  JSON.parse(readFileSync(join(MIGRATIONS, inject('engine'), 'meta/_journal.json'), 'utf8')).entries.map(({ tag }: { tag: string }) => tag);

/** A database that goes through the migrations one by one; `copy` gives what it is now, to be filled and brought up to date. */
export async function growing() {
  const sqlite = inject('engine') === 'sqlite';
  const url = sqlite ? join(folder(), 'growing.sqlite') : await newDatabaseUrl();
  const migrations = readMigrationFiles({ migrationsFolder: join(MIGRATIONS, inject('engine')) });
  const made = sqlite ? '__drizzle_migrations' : 'drizzle.__drizzle_migrations';
  const begin = await raw(url);
  if (!sqlite) await begin.run('CREATE SCHEMA drizzle');
  await begin.run(`CREATE TABLE ${made} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at ${sqlite ? 'numeric' : 'bigint'})`);
  await begin.close();
  let next = 0;
  return {
    step: async () => {
      const { sql, hash, folderMillis } = migrations[next++] as (typeof migrations)[number];
      const db = await raw(url);
      if (sqlite) await db.run('PRAGMA foreign_keys = OFF');
      await db.run(`BEGIN; ${sql.join(';\n')}; INSERT INTO ${made} (hash, created_at) VALUES ('${hash}', ${folderMillis}); COMMIT`);
      await db.close();
    },
    copy: async () => {
      if (!sqlite) return newDatabaseUrl(new URL(url).pathname.slice(1));
      const file = join(folder(), 'old.sqlite');
      copyFileSync(url, file);
      return file;
    },
  };
}

type Column = { name: string; type: string; primaryKey: boolean; notNull: boolean };
type Reference = { tableTo: string; columnsFrom: string[]; columnsTo: string[] };
export type Table = { name: string; columns: Record<string, Column>; foreignKeys: Record<string, Reference> };

/** The tables of that version. Both engines have the same; PostgreSQL's snapshot also tells numbers, truths and JSON apart. */
export function tablesOf(version: number): Table[] {
  const name = `${String(version).padStart(4, '0')}_snapshot.json`;
  const { tables } = JSON.parse(readFileSync(join(MIGRATIONS, 'postgresql/meta', name), 'utf8')) as { tables: Record<string, Table> };
  return inOrder(Object.values(tables));
}

/** Those referred to before those that refer. */
function inOrder(tables: Table[]): Table[] {
  const placed: Table[] = [];
  const place = (table: Table) => {
    if (placed.includes(table)) return;
    for (const { tableTo } of Object.values(table.foreignKeys)) {
      const to = tables.find(({ name }) => name === tableTo);
      if (to && to !== table) place(to);
    }
    placed.push(table);
  };
  for (const table of tables) place(table);
  return placed;
}

const ROWS = 3;
const FILE = (i: number) => `stored_file.id.${i}`;

/** What migrations look into has to be as it was; for the rest any text will do. By column, or by table and column. */
const PLAUSIBLE: Record<string, (i: number) => unknown> = {
  coverage_factor: (i) => [2, 1.65, 2.03][i],
  email: (i) => `person${i}@example.test`,
  evidence_id: FILE,
  file_ids: (i) => [FILE(i), FILE(0)],
  pictures: (i) => [FILE(i), 'a-file-that-is-gone'],
  'listing.content': (i) => ({ nameZh: "量块'校准", pictures: [FILE(i)] }),
  'service_version.content': (i) => ({ nameEn: 'Gauge "block"', pictures: [FILE(i), FILE(i)] }),
  weekly_hours: () => [[[540, 720]], [], [], [], [], [], []],
};

function plausible(table: Table, column: Column, i: number): unknown {
  const reference = Object.values(table.foreignKeys).find(({ columnsFrom }) => columnsFrom.includes(column.name));
  // The last row has nothing that may be missing; a row that refers to its own table has to be there before.
  if (!column.notNull && (i === ROWS - 1 || reference?.tableTo === table.name)) return null;
  if (reference) return `${reference.tableTo}.${reference.columnsTo[reference.columnsFrom.indexOf(column.name)]}.${i}`;
  const known = PLAUSIBLE[`${table.name}.${column.name}`] ?? PLAUSIBLE[column.name];
  if (known) return known(i);
  switch (column.type) {
    case 'text':
      return `${table.name}.${column.name}.${i}`;
    case 'jsonb':
      return i === 0 ? [] : { note: "'引号' \\ \"", n: i };
    case 'boolean':
      return i % 2 === 0;
    case 'double precision':
      return i + 0.25;
    default:
      return i + 1;
  }
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return inject('engine') === 'sqlite' ? String(Number(value)) : String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `'${text.replaceAll("'", "''")}'`;
}

/** Some rows in every table, with everything a column may hold. */
export function statementsToFill(tables: Table[]): string {
  return tables
    .map((table) => {
      const columns = Object.values(table.columns);
      const rows = Array.from({ length: ROWS }, (_, i) => `(${columns.map((column) => literal(plausible(table, column, i))).join(', ')})`);
      return `INSERT INTO "${table.name}" (${columns.map(({ name }) => `"${name}"`).join(', ')}) VALUES ${rows.join(', ')};`;
    })
    .join('\n');
}
