import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { Deps } from '#app/core/deps.ts';
import { parseSettings, type Settings } from '#app/core/settings.ts';
import { type Database, openDatabase } from '#db/open.server.ts';
import { createDatabase, dropDatabase, giveBack, takeDatabase } from './postgresql-databases.ts';

/** The address of a migrated database without a row, the test's alone until it is finished. */
export async function freshDatabaseUrl(): Promise<string> {
  const template = inject('template');
  if (inject('engine') === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'hengji-db-'));
    const file = join(folder, 'test.sqlite');
    copyFileSync(template, file);
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return file;
  }
  const url = await takeDatabase(template);
  onTestFinished(async ({ task }) => (task.result?.state === 'fail' ? void (await dropDatabase(url)) : giveBack(url, inject('look'))));
  return url;
}

/** The address of a database of PostgreSQL without a table, or a copy of one, gone when the test is finished. */
export async function newDatabaseUrl(like = 'template1'): Promise<string> {
  const url = await createDatabase(inject('template'), like);
  onTestFinished(async () => void (await dropDatabase(url)));
  return url;
}

/** A database of the test's own, on the engine of this run. */
export async function freshDatabase(): Promise<Database> {
  const db = openDatabase(await freshDatabaseUrl());
  onTestFinished(() => db.close());
  return db;
}

export function testSettings(env: Record<string, string> = {}): Settings {
  const parsed = parseSettings({ DEMONSTRATION: '1', LOG_LEVEL: 'silent', ...env });
  if ('bad' in parsed) throw new Error(JSON.stringify(parsed.bad));
  return parsed.settings;
}

/** A clock that stands still until it is set. */
export type TestClock = { now: number };

/** Monday 2026-11-23 10:00 in Shanghai. */
export const MONDAY = Date.UTC(2026, 10, 23, 2);

/** What use cases are handed, over a database of the test's own and a clock the test sets. */
export async function testDeps(env: Record<string, string> = {}): Promise<Deps & { time: TestClock }> {
  const time: TestClock = { now: MONDAY };
  const silent = { info() {}, warn() {}, error() {} };
  return { db: await freshDatabase(), settings: testSettings(env), clock: () => time.now, log: silent, time };
}
