import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Engine, engineOf } from '../engine.ts';
import { newest } from '../migrated.server.ts';
import { type FileRow, putInPlace } from './back-up.server.ts';
import { FILES_TOLD } from './files-told.server.ts';
import { newerThanThis, readScript } from './read-script.server.ts';
import { openWhole } from './sqlite-copy.server.ts';

const NAMES: Record<Engine, string> = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };

/**
 * Puts a copy made by `backUp` into an empty place: all of it or nothing.
 * @param url `postgres://…`, or the path of the SQLite file there is to be
 * @param replace what the place holds already goes
 * @returns the files the database refers to
 * @throws Error in words for people: no backup, a damaged one, one of the other engine or of a newer version; the place holds data, or serves
 */
export async function restore(url: string, file: string, { replace = false } = {}): Promise<FileRow[]> {
  const engine = engineOf(url);
  const made = await engineOfBackup(file);
  if (made !== engine) throw new Error(`${file} is a backup of ${NAMES[made]}, and this place is one of ${NAMES[engine]}`);
  return engine === 'postgresql' ? readScript(url, file, replace) : restoreSqlite(url, file, replace);
}

/** By its first bytes. */
async function engineOfBackup(file: string): Promise<Engine> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === 'ENOENT' ? `there is no ${file}` : `${file} cannot be read (${error.code})`, { cause: error });
  });
  const start = Buffer.alloc(16);
  await handle.read(start).finally(() => handle.close());
  if (start.toString('latin1') === 'SQLite format 3\0') return 'sqlite';
  if (start[0] === 0x1f && start[1] === 0x8b) return 'postgresql';
  throw new Error(`${file} is no backup of Hengji`);
}

async function restoreSqlite(path: string, file: string, replace: boolean): Promise<FileRow[]> {
  if (existsSync(path)) {
    if (!replace) throw new Error(`${path} is there already; --replace lets it go`);
    claim(path);
  }
  const part = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  await rm(part, { force: true });
  try {
    await copyFile(file, part, constants.COPYFILE_FICLONE);
    const files = look(part, file);
    // What an earlier database left beside it would be played into this one.
    for (const beside of ['-wal', '-shm']) await rm(path + beside, { force: true });
    await putInPlace(part, path);
    return files;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Nobody has the database open: only then can it leave the mode in which others may read while one writes. */
function claim(path: string): void {
  const db = new Sqlite(path, { timeout: 500 });
  try {
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_NOTADB') return;
    throw new Error(`${path} is in use: stop the site first`, { cause: error });
  } finally {
    db.close();
  }
}

function look(part: string, file: string): FileRow[] {
  const db = openWhole(part, file);
  try {
    const migrations = db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name IN ('__drizzle_migrations', 'stored_file')`).pluck().get();
    if (migrations !== 2) throw new Error(`${file} is a database, but none of Hengji`);
    const at = db.prepare('SELECT max(created_at) FROM __drizzle_migrations').pluck().get() as number;
    if (at > newest('sqlite')) throw newerThanThis();
    return db.prepare(FILES_TOLD).all() as FileRow[];
  } finally {
    db.close();
  }
}
