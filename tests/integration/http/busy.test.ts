/** Case `lock-500`: somebody else holds the database; a request says so, changes nothing, and may come again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { isOutOfReach } from '#db/errors.ts';
import { openDatabase } from '#db/open.server.ts';
import { lease } from '#db/schema/core.ts';
import { freshDatabaseUrl } from '#tests/support/database.ts';
import { listeningSite } from './site.ts';

const HOLDER = `
const Sqlite = require('better-sqlite3');
const db = new Sqlite(process.argv[1]);
db.exec('BEGIN IMMEDIATE');
process.stdout.write('held');
process.stdin.on('data', () => { db.exec('ROLLBACK'); process.exit(0); });
`;

/** A second process (SQLite) or connection (PostgreSQL) takes the lock that every write needs. @returns what gives it back */
async function holdLock(url: string): Promise<() => Promise<void>> {
  if (inject('engine') === 'sqlite') {
    const child = spawn(process.execPath, ['-e', HOLDER, url], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill());
    await once(child.stdout, 'data');
    return async () => {
      child.stdin.write('x');
      await once(child, 'exit');
    };
  }
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  onTestFinished(() => client.end());
  await client.connect();
  await client.query('BEGIN; LOCK TABLE lease IN ACCESS EXCLUSIVE MODE');
  return async () => void (await client.query('ROLLBACK'));
}

const WAIT = { DATABASE_WAIT_SECONDS: '0.3' };
const names = async (db: ReturnType<typeof openDatabase>) => (await db.read((q) => q.select().from(lease))).map(({ name }) => name).sort();

describe('a database somebody else holds', () => {
  it('answers forms and pages with 503, says when to come back, and has changed nothing', async () => {
    const databaseUrl = await freshDatabaseUrl();
    const site = await listeningSite({ env: WAIT, databaseUrl });
    const post = (path: string) =>
      fetch(site.url + path, {
        method: 'POST',
        body: 'a=1',
        headers: { origin: site.url, 'content-type': 'application/x-www-form-urlencoded' },
      });
    const release = await holdLock(databaseUrl);
    for (const [answer, title] of [
      [await post('/save'), '系统正忙'],
      [await post('/en/save'), 'Busy for a moment'],
      [await fetch(`${site.url}/save`), '系统正忙'],
      [await fetch(`${site.url}/en/save`), 'Busy for a moment'],
    ] as const) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answer.text()).toContain(title);
    }
    expect(site.seen.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(site.seen.lines.some(({ level, text }) => level === 'warn' && text === 'the database was busy')).toBe(true);
    await release();
    expect(await names(site.services.db)).toEqual([]);
    // The action, and the loader of the page that answers it.
    expect((await post('/save')).status).toBe(200);
    expect(await names(site.services.db)).toEqual(['read', 'saved']);
  });

  it('is waited for as long as it is said', async () => {
    const url = await freshDatabaseUrl();
    const db = openDatabase(url, { lockWaitMs: 30_000 });
    onTestFinished(() => db.close());
    const release = await holdLock(url);
    const write = db.write((tx) => tx.insert(lease).values({ name: 'waited', owner: 'x', until: 1 }));
    await new Promise((resolve) => setTimeout(resolve, 400));
    await release();
    await write;
    expect(await names(db)).toEqual(['waited']);
  });

  it('is told from what is wrong with the work itself, and from a connection that breaks', async () => {
    const url = await freshDatabaseUrl();
    const db = openDatabase(url, { lockWaitMs: 100 });
    onTestFinished(() => db.close());
    const fail = (work: Promise<unknown>) =>
      work.then(
        () => undefined,
        (error: unknown) => error,
      );
    const insert = () => db.write((tx) => tx.insert(lease).values({ name: 'twice', owner: 'x', until: 1 }));
    await insert();
    expect(isOutOfReach(await fail(insert()))).toBe(false);
    const release = await holdLock(url);
    expect(isOutOfReach(await fail(insert()))).toBe(true);
    await release();
    const nobody = openDatabase('postgres://nobody@127.0.0.1:1/none', { lockWaitMs: 100 });
    onTestFinished(() => nobody.close());
    expect(isOutOfReach(await fail(nobody.write((tx) => tx.select().from(lease))))).toBe(true);
    expect(isOutOfReach(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))).toBe(false);
  });
});
