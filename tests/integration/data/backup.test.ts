/** Case `backup-main-file`: a copy taken while people work is whole, and the main file is not an empty shell. */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { openDatabase } from '#db/open.server.ts';
import { cursor } from '#db/schema/core.ts';
import { freshDatabaseUrl, newDatabaseUrl } from '#tests/support/database.ts';
import { ask } from '#tests/support/postgresql.ts';

const COMMAND = join(import.meta.dirname, '../../../app/http/commands/backup.mjs');
/** Each engine has a way of its own; a test of the other's is not there, rather than skipped. */
const on = (engine: 'sqlite' | 'postgresql', name: string, tests: () => void) => {
  if (inject('engine') === engine) describe(name, tests);
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'hengji-backup-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function backup(args: string[], env: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { PATH, HOME, NODE_ENV: 'production', ...env } });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...said };
}

/** All rows of all tables, as text. */
function contents(file: string): Map<string, string> {
  const db = new Sqlite(file, { readonly: true });
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all() as string[];
  const rows = new Map(tables.map((name) => [name, JSON.stringify(db.prepare(`SELECT * FROM "${name}"`).all())]));
  db.close();
  return rows;
}

/** A data folder as the site has it, its database open and written to. */
async function site() {
  const data = folder();
  const file = join(data, 'hengji.sqlite');
  copyFileSync(await freshDatabaseUrl(), file);
  const db = openDatabase(file);
  onTestFinished(() => db.close());
  let count = 0;
  const bulk = 'x'.repeat(2_000);
  /** Two rows that belong together. */
  const pair = () =>
    db.write(async (tx) => {
      const n = count++;
      await tx.insert(cursor).values({ name: `a${n}`, position: bulk, at: n, count: n });
      await new Promise((resolve) => setImmediate(resolve));
      await tx.insert(cursor).values({ name: `b${n}`, position: bulk, at: n, count: n });
      return n;
    });
  return { data, file, db, pair };
}

on('sqlite', 'a backup of SQLite', () => {
  it('taken under load is whole, has all that was committed before, and lets writers go on', async () => {
    const { data, pair } = await site();
    for (let i = 0; i < 500; i++) await pair();
    let working = true;
    let written = 0;
    const work = (async () => {
      while (working) {
        await Promise.all([pair(), pair(), pair()]);
        written += 3;
      }
    })();
    const copy = join(folder(), 'copy.sqlite');
    const before = written;
    const { code, out, err } = await backup([copy], { DATA_FOLDER: data });
    const during = written - before;
    working = false;
    await work;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(copy);
    expect(during).toBeGreaterThan(10);
    const db = new Sqlite(copy, { readonly: true });
    onTestFinished(() => void db.close());
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const numbers = (letter: string) =>
      db.prepare('SELECT count FROM cursor WHERE name LIKE ? ORDER BY count').pluck().all(`${letter}%`) as number[];
    expect(numbers('a')).toEqual(numbers('b'));
    expect(numbers('a').length).toBeGreaterThanOrEqual(500);
    expect(numbers('a')).toEqual(numbers('a').map((_, i) => i));
    expect(readdirSync(join(copy, '..'))).toEqual(['copy.sqlite', 'copy.sqlite.files.jsonl']);
  });

  it('of a database at rest has every row of every table, and opens as a database of the site', async () => {
    const { data, file, db, pair } = await site();
    for (let i = 0; i < 20; i++) await pair();
    const copy = join(folder(), 'copy.sqlite');
    expect((await backup([copy], { DATA_FOLDER: data })).code).toBe(0);
    await db.settle();
    expect(contents(copy)).toEqual(contents(file));
    const restored = openDatabase(copy);
    onTestFinished(() => restored.close());
    await restored.migrate();
    expect(await restored.read((q) => q.select().from(cursor))).toHaveLength(40);
  });

  it('is written over nothing, and says in one line why there is none', async () => {
    const { data } = await site();
    const there = join(folder(), 'there');
    writeFileSync(there, 'mine');
    for (const [args, env, why] of [
      [[there], { DATA_FOLDER: data }, 'exists already'],
      [[], { DATA_FOLDER: data }, 'npm run backup -- FILE'],
      [[join(folder(), 'a')], { DATA_FOLDER: folder() }, 'there is no database'],
      [[join(folder(), 'no', 'such', 'folder', 'a')], { DATA_FOLDER: data }, 'No backup was made'],
    ] as const) {
      const { code, err } = await backup([...args], env);
      expect(code).toBe(1);
      expect(err).toContain(why);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
    expect(readFileSync(there, 'utf8')).toBe('mine');
  });
});

on('sqlite', 'the main file of SQLite', () => {
  const rowsIn = (file: string) => {
    const alone = join(folder(), 'alone.sqlite');
    copyFileSync(file, alone);
    const db = new Sqlite(alone);
    const { n } = db.prepare('SELECT count(*) AS n FROM cursor').get() as { n: number };
    db.close();
    return n;
  };

  it('has its tables once they are made, what was seeded once that is settled, and what people did some seconds later', async () => {
    const file = join(folder(), 'hengji.sqlite');
    const db = openDatabase(file);
    onTestFinished(() => db.close());
    await db.migrate();
    expect(rowsIn(file)).toBe(0);
    const add = (name: string) => db.write((tx) => tx.insert(cursor).values({ name, position: '', at: 1, count: 1 }));
    await add('seeded');
    await db.settle();
    expect(rowsIn(file)).toBe(1);
    await add('booked');
    await expect.poll(() => rowsIn(file), { timeout: 30_000, interval: 500 }).toBe(2);
  });
});

on('postgresql', 'a backup of PostgreSQL', () => {
  it('is a script psql reads, and says in one line why there is none', async () => {
    const url = await freshDatabaseUrl();
    const copy = join(folder(), 'copy');
    expect(await backup([copy], { DATABASE_URL: url })).toMatchObject({ code: 0, err: '' });
    const script = gunzipSync(readFileSync(copy)).toString();
    expect(script).toMatch(/^-- Hengji backup of PostgreSQL, form 1: \{"at":"[^"]+","migration":\d+\}\nSET client_encoding = 'UTF8';\n/);
    expect(script).toContain('\nCOPY public.orders (id, ');
    expect(script).toMatch(/\n-- whole: \d+ rows\n$/);
    for (const [args, env, why] of [
      [[copy], { DATABASE_URL: url }, 'exists already'],
      [[join(folder(), 'a')], { DATABASE_URL: await newDatabaseUrl() }, 'there are no tables of Hengji'],
      [[join(folder(), 'a')], { DATABASE_URL: 'postgres://me:s%40cret@127.0.0.1:1/none' }, 'No backup was made'],
      [[join(folder(), 'no', 'such', 'folder', 'a')], { DATABASE_URL: url }, 'No backup was made'],
    ] as const) {
      const { code, err } = await backup([...args], env);
      expect(code).toBe(1);
      expect(err).toContain(why);
      expect(err).not.toContain('s@cret');
      expect(err.trim().split('\n')).toHaveLength(1);
    }
  });

  it('of a database newer than this code is not made: it could not be put back', async () => {
    const url = await freshDatabaseUrl();
    await ask(url, `INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)`);
    const file = join(folder(), 'a');
    const { code, err } = await backup([file], { DATABASE_URL: url });
    expect(code).toBe(1);
    expect(err).toContain('use the code that serves it');
    expect(existsSync(file) || existsSync(`${file}.part`)).toBe(false);
  });
});
