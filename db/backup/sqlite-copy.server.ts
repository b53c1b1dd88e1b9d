import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { FileRow } from './back-up.server.ts';
import { FILES_TOLD } from './files-told.server.ts';

/** One read transaction: it sees one state of the database and keeps no writer waiting. */
export function copySqlite(path: string, part: string): FileRow[] {
  if (!existsSync(path)) throw new Error(`there is no database at ${path}`);
  const source = new Sqlite(path, { readonly: true });
  try {
    source.prepare('VACUUM INTO ?').run(part);
  } finally {
    source.close();
  }
  const copy = openWhole(part);
  try {
    return copy.prepare(FILES_TOLD).all() as FileRow[];
  } finally {
    copy.close();
  }
}

/**
 * @param name what people call it
 * @throws Error in words for people when it is damaged
 */
export function openWhole(path: string, name = path): Sqlite.Database {
  const db = new Sqlite(path, { readonly: true });
  try {
    const found = db.pragma('integrity_check', { simple: true });
    if (found === 'ok') return db;
    throw new Error(found as string);
  } catch (error) {
    db.close();
    throw new Error(`${name} is damaged: ${(error as Error).message}`, { cause: error });
  }
}
