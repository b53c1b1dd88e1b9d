/** Nothing can be written (disk full, read-only): forms say so and lose nothing, reading goes on, and it ends by itself. */
import { type SQL, sql } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import type { Database } from '#db/open.server.ts';
import { lease } from '#db/schema/core.ts';
import { freshDatabaseUrl } from '#tests/support/database.ts';
import { listeningSite } from './site.ts';

type Writer = { run(query: SQL): Promise<unknown> };
/** The connection that writes, outside any transaction. */
const writerOf = (db: Database) => db.write(async (tx) => ({ run: async (query: SQL) => (tx as unknown as Writer).run(query) }));

/**
 * SQLite itself refuses: its file may grow no more (as on a full disk), or is only to be read. PostgreSQL is switched to read-only, as
 * providers do with a full disk and as a former primary is.
 */
const WAYS: Record<string, (db: Database, url: string) => Promise<() => Promise<unknown>>> =
  inject('engine') === 'sqlite'
    ? {
        'a full disk': async (db) => {
          const writer = await writerOf(db);
          await writer.run(sql`PRAGMA max_page_count = 1`); // as many as there are
          return () => writer.run(sql`PRAGMA max_page_count = 1000000`);
        },
        'a read-only file': async (db) => {
          const writer = await writerOf(db);
          await writer.run(sql`PRAGMA query_only = ON`);
          return () => writer.run(sql`PRAGMA query_only = OFF`);
        },
      }
    : {
        'a server that is read-only': async (_db, url) => {
          const set = async (value: 'on' | 'off') => {
            const client = new pg.Client({ connectionString: url.replace(/\/[^/]+$/, '/postgres') });
            await client.connect();
            const name = url.split('/').at(-1);
            await client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${value}`);
            if (value === 'on') await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
            await client.end();
          };
          await set('on');
          return () => set('off');
        },
      };

const ROW_BYTES = 3_000_000;

describe.each(Object.entries(WAYS))('%s', (_name, begin) => {
  it('answers forms with 503 and says what was kept, is not ready, and is both again when there is room', async () => {
    const databaseUrl = await freshDatabaseUrl();
    const site = await listeningSite({ databaseUrl });
    const { db } = site.services;
    const names = async () => (await db.read((q) => q.select({ name: lease.name }).from(lease))).map(({ name }) => name.slice(0, 9));
    const post = (path: string) =>
      fetch(site.url + path, {
        method: 'POST',
        body: `name=${'x'.repeat(40_000)}`,
        headers: { origin: site.url, 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await fetch(`${site.url}/readyz`)).status).toBe(200);
    const end = await begin(db, databaseUrl);
    for (const [path, title] of [
      ['/keep', '暂时无法保存'],
      ['/en/keep', 'Nothing can be saved at the moment'],
    ] as const) {
      const answer = await post(path);
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answer.text()).toContain(title);
    }
    expect((await names()).filter((name) => name !== 'readyz')).toEqual([]);
    expect((await fetch(`${site.url}/keep`)).status).toBe(200);
    expect((await fetch(`${site.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${site.url}/readyz`)).status).toBe(503);
    expect(site.seen.lines.some(({ level, text }) => level === 'error' && text.startsWith('nothing can be written'))).toBe(true);
    await end();
    expect((await post('/keep')).status).toBe(200);
    await expect.poll(async () => (await fetch(`${site.url}/readyz`)).status, { timeout: 30_000 }).toBe(200);
    expect(await names()).toContain('xxxxxxxxx');
  });
});

describe('a write that finds no room', () => {
  it('undoes all of itself, and what was committed before and comes after is there', async () => {
    if (inject('engine') !== 'sqlite') return;
    const site = await listeningSite();
    const { db } = site.services;
    const put = (name: string, owner = 'x') => db.write((tx) => tx.insert(lease).values({ name, owner, until: 1 }));
    await put('before');
    const end = await (WAYS['a full disk'] as (typeof WAYS)[string])(db, '');
    const results = await Promise.allSettled([put('small'), put('large', 'y'.repeat(ROW_BYTES)), put('beside')]);
    expect(results.map(({ status }) => status)).toContain('rejected');
    await end();
    await put('after');
    const told = ['small', 'large', 'beside'].filter((_, i) => results[i]?.status === 'fulfilled');
    expect((await db.read((q) => q.select().from(lease))).map(({ name }) => name).sort()).toEqual(['before', 'after', ...told].sort());
  });
});
