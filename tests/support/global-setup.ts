import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgresql } from './postgresql.ts';
import { beginDatabases } from './postgresql-databases.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    engine: 'sqlite' | 'postgresql';
    /** A migrated database every test gets a copy of: a file, or the address of a server that has `template_hengji`. */
    template: string;
    /** How a database of PostgreSQL looks that a test may have. */
    look: string;
  }
}

/** Once per engine and run: a migrated template, which each test copies instead of migrating anew. */
export default async function setup(project: TestProject) {
  const wanted = project.config.env.DATABASE_URL ? 'postgresql' : 'sqlite';
  project.provide('engine', wanted);
  const folder = mkdtempSync(join(tmpdir(), 'hengji-test-'));
  if (wanted === 'sqlite') {
    const { openSqlite } = await import('#db/sqlite.server.ts');
    const file = join(folder, 'template.sqlite');
    const db = openSqlite(file);
    await db.migrate();
    await db.close();
    project.provide('template', file);
    return () => rmSync(folder, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
  const server = await startPostgresql();
  const { openPostgresql } = await import('#db/postgresql.server.ts');
  const db = openPostgresql(await server.create('template_hengji'), {});
  await db.migrate();
  await db.close();
  project.provide('template', server.url);
  project.provide('look', await beginDatabases(server.url));
  return () => server.stop();
}
