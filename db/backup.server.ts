import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { engineOf } from './engine.ts';

/**
 * A whole, consistent copy of the database as one file, while it is being written to: what is committed when it begins is in it.
 * For SQLite a database that opens as it is, for PostgreSQL what `pg_dump --format=custom` makes, to be read with pg_restore.
 * The file is there when it is complete, never before.
 * @param url `postgres://…`, or the path of an SQLite file
 * @throws Error in words for people: the file exists, there is no database, pg_dump is missing or fails
 */
export async function backUp(url: string, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} exists already; a backup is written over nothing`);
  const part = `${file}.part`;
  await rm(part, { force: true });
  try {
    if (engineOf(url) === 'postgresql') await dump(url, part);
    else vacuumInto(url, part);
    await flush(part);
    await rename(part, file);
    await flush(dirname(file)).catch(() => {}); // some systems open no folders
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** One read transaction: it sees one state of the database and keeps no writer waiting. */
function vacuumInto(path: string, part: string): void {
  if (!existsSync(path)) throw new Error(`there is no database at ${path}`);
  const source = new Sqlite(path, { readonly: true });
  try {
    source.prepare('VACUUM INTO ?').run(part);
  } finally {
    source.close();
  }
  const copy = new Sqlite(part, { readonly: true });
  try {
    const found = copy.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(`the copy is damaged: ${found}`);
  } finally {
    copy.close();
  }
}

/** SQLite leaves it to the system when the copy reaches the disk. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

async function dump(url: string, part: string): Promise<void> {
  const address = new URL(url);
  // A command's arguments can be read by everybody on the machine.
  const password = decodeURIComponent(address.password);
  address.password = '';
  const args = ['--format=custom', '--file', part, '--dbname', address.href];
  const child = spawn('pg_dump', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...(password && { PGPASSWORD: password }) },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject)).catch((error) => {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new Error(
      'PostgreSQL is backed up by its own pg_dump, which is not found here: install the PostgreSQL client, or run pg_dump where the server is',
    );
  });
  if (code !== 0) throw new Error(`pg_dump failed: ${said.trim().split('\n').at(-1) || `it ended with ${code}`}`);
}
