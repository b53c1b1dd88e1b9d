import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { engineOf } from '../engine.ts';
import type { FileRow } from './back-up.server.ts';

/** The files a database refers to, on both engines; what belongs to nobody any more is being taken away. */
export const FILES_TOLD = `SELECT id, size, sha256 FROM stored_file WHERE organisation_id <> '' ORDER BY id`;

/** @throws Error in words for people when there is no database */
export async function filesOf(url: string): Promise<FileRow[]> {
  if (engineOf(url) === 'postgresql') {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client
      .query(FILES_TOLD)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  }
  if (!existsSync(url)) throw new Error(`there is no database at ${url}`);
  const db = new Sqlite(url, { readonly: true });
  try {
    return db.prepare(FILES_TOLD).all() as FileRow[];
  } finally {
    db.close();
  }
}
