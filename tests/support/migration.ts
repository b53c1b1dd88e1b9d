/** What migrations fill in for rows that were there before them, run again on a database that has them all. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { inject } from 'vitest';
import { ROOT } from '#db/folder.ts';

/** @param wanted the statements, whichever migration they stand in @returns how many there were */
export async function runAgain(url: string, wanted: RegExp): Promise<number> {
  const sqlite = inject('engine') === 'sqlite';
  const folder = join(ROOT, 'db/migrations', sqlite ? 'sqlite' : 'postgresql');
  const statements = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint'))
    .filter((statement) => wanted.test(statement));
  if (sqlite) {
    const db = new Sqlite(url);
    for (const statement of statements) db.exec(statement);
    db.close();
    return statements.length;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
  return statements.length;
}
