import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type Engine, engine } from './engine.ts';
import { MIGRATIONS } from './folder.ts';
import type { Database } from './open.server.ts';

/** When the newest migration of this code was made: drizzle keeps that instant beside each migration it has applied. */
export function newest(of: Engine): number {
  const journal = JSON.parse(readFileSync(join(MIGRATIONS, `${of}/meta/_journal.json`), 'utf8'));
  return Math.max(...journal.entries.map((entry: { when: number }) => entry.when));
}

let wanted: number | undefined;

/** Whether the database answers and has every table this code expects. */
export async function isMigrated(db: Database): Promise<boolean> {
  wanted ??= newest(engine);
  const applied = engine === 'sqlite' ? sql`__drizzle_migrations` : sql`drizzle.__drizzle_migrations`;
  const [row] = await db.read((q) => q.select({ at: sql<number>`max(created_at)`.mapWith(Number) }).from(applied));
  return (row?.at ?? 0) >= wanted;
}
