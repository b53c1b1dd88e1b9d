/** Databases of a test's own, the commands that copy them, and all that is in one. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { freshDatabaseUrl, newDatabaseUrl } from '#tests/support/database.ts';

const COMMANDS = join(import.meta.dirname, '../../../app/http/commands');

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'hengji-restore-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Where a site keeps its data on the engine of this run, and the settings that say so. */
export type Place = { url: string; dataFolder: string; env: Record<string, string> };

export async function place(filled: boolean): Promise<Place> {
  const dataFolder = folder();
  if (inject('engine') === 'postgresql') {
    const url = filled ? await freshDatabaseUrl() : await newDatabaseUrl();
    return { url, dataFolder, env: { DATA_FOLDER: dataFolder, DATABASE_URL: url } };
  }
  const url = join(dataFolder, 'hengji.sqlite');
  if (filled) copyFileSync(await freshDatabaseUrl(), url);
  return { url, dataFolder, env: { DATA_FOLDER: dataFolder } };
}

export async function command(name: 'backup' | 'restore' | 'check-files', args: string[], env: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(COMMANDS, `${name}.mjs`), ...args], { env: { PATH, HOME, NODE_ENV: 'production', ...env } });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...said };
}

/** All rows of all tables, as text, in one order. */
export async function contents(url: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (inject('engine') === 'sqlite') {
    const db = new Sqlite(url, { readonly: true });
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all() as string[];
    for (const name of tables)
      found.set(
        name,
        db
          .prepare(`SELECT * FROM "${name}"`)
          .all()
          .map((row) => JSON.stringify(row))
          .sort(),
      );
    db.close();
    return found;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'drizzle') ORDER BY 1`,
  );
  for (const { name } of tables) {
    const { rows } = await client.query(`SELECT t::text AS row FROM ${name} t`);
    found.set(name, rows.map(({ row }) => row).sort());
  }
  const { rows: more } = await client.query(`
    SELECT 'sequence ' || sequencename || ' ' || coalesce(last_value, 0) AS line FROM pg_sequences
    UNION ALL SELECT 'reference ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'`);
  found.set('what is no table', more.map(({ line }) => line).sort());
  await client.end();
  return found;
}
