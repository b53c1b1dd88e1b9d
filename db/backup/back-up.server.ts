import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { engineOf } from '../engine.ts';
import { copySqlite } from './sqlite-copy.server.ts';
import { writeScript } from './write-script.server.ts';

/** A file people brought, as the database knows it; its bytes are elsewhere. */
export type FileRow = { id: string; size: number; sha256: string };

/**
 * A whole, consistent copy of the database as one file, while it is being written to: what is committed when it begins is in it.
 * For SQLite a database that opens as it is, for PostgreSQL a script that `psql` reads too (see write-script.server.ts).
 * The file is there when it is complete, never before.
 * @param url `postgres://…`, or the path of an SQLite file
 * @returns the files the copy refers to
 * @throws Error in words for people: the file exists, there is no database, the database is newer than this code
 */
export async function backUp(url: string, file: string): Promise<FileRow[]> {
  if (existsSync(file)) throw new Error(`${file} exists already; a backup is written over nothing`);
  const part = `${file}.part`;
  await rm(part, { force: true });
  try {
    const files = engineOf(url) === 'postgresql' ? await writeScript(url, part) : copySqlite(url, part);
    await putInPlace(part, file);
    return files;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** A file that has been written whole gets its name, and both are on the disk: the system alone decides later when they get there. */
export async function putInPlace(part: string, file: string): Promise<void> {
  await flush(part);
  await rename(part, file);
  await flush(dirname(file)).catch(() => {}); // some systems open no folders
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}
