import { asc, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { isUniqueViolation } from '#db/errors.ts';
import { openDatabase } from '#db/open.server.ts';
import { countAll, prepare, sumOf } from '#db/queries.ts';
import { cursor, lease } from '#db/schema/core.ts';
import { freshDatabase, freshDatabaseUrl } from '#tests/support/database.ts';

const row = (name: string, count = 0) => ({ name, position: '', at: 1, count });

describe('transactions', () => {
  it('leave nothing behind when they fail', async () => {
    const db = await freshDatabase();
    await expect(
      db.write(async (tx) => {
        await tx.insert(cursor).values(row('a'));
        await tx.insert(lease).values({ name: 'a', owner: 'x', until: 1 });
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await db.read((q) => q.select().from(cursor))).toEqual([]);
    expect(await db.read((q) => q.select().from(lease))).toEqual([]);
  });

  it('that are committed together fail alone', async () => {
    const db = await freshDatabase();
    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((name) =>
        db.write(async (tx) => {
          await tx.insert(cursor).values(row(name));
          if (name === 'b') throw new Error('only b');
        }),
      ),
    );
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    const names = await db.read((q) => q.select({ name: cursor.name }).from(cursor).orderBy(asc(cursor.name)));
    expect(names.map((n) => n.name)).toEqual(['a', 'c', 'd']);
  });

  it('are invisible to a bystander until they are committed', async () => {
    const db = await freshDatabase();
    let seenInside: unknown;
    await db.write(async (tx) => {
      await tx.insert(cursor).values(row('open'));
      seenInside = await db.read((q) => q.select().from(cursor));
      expect(await tx.select().from(cursor)).toHaveLength(1);
    });
    expect(seenInside).toEqual([]);
    expect(await db.read((q) => q.select().from(cursor))).toHaveLength(1);
  });

  it('of fifty concurrent writers lose nothing', async () => {
    const db = await freshDatabase();
    await db.write((tx) => tx.insert(cursor).values(row('counter')));
    await Promise.all(
      Array.from({ length: 50 }, () =>
        db.write(async (tx) => {
          const [before] = await tx.select().from(cursor).where(eq(cursor.name, 'counter'));
          await tx
            .update(cursor)
            .set({ count: (before?.count ?? 0) + 1 })
            .where(eq(cursor.name, 'counter'));
        }),
      ),
    );
    const [after] = await db.read((q) => q.select().from(cursor));
    expect(after?.count).toBe(50);
  });

  it('of two connections to one database are kept apart and tried again', async () => {
    const url = await freshDatabaseUrl();
    const one = openDatabase(url);
    const two = openDatabase(url);
    try {
      await one.write((tx) => tx.insert(cursor).values(row('counter')));
      let runs = 0;
      const add = (db: typeof one) =>
        db.write(async (tx) => {
          runs++;
          const [before] = await tx.select().from(cursor).where(eq(cursor.name, 'counter'));
          await tx
            .update(cursor)
            .set({ count: (before?.count ?? 0) + 1 })
            .where(eq(cursor.name, 'counter'));
        });
      await Promise.all(Array.from({ length: 20 }, (_, i) => add(i % 2 ? one : two)));
      const [after] = await one.read((q) => q.select().from(cursor));
      expect(after?.count).toBe(20);
      expect(runs).toBeGreaterThanOrEqual(20);
    } finally {
      await one.close();
      await two.close();
    }
  });

  it('refuse to be nested', async () => {
    const db = await freshDatabase();
    await expect(db.write(() => db.write(async () => 1))).rejects.toThrow('A write inside a write');
    expect(await db.write(async () => 2)).toBe(2);
  });

  it('may be opened by what a transaction started and left running', async () => {
    const db = await freshDatabase();
    let later: Promise<number> | undefined;
    await db.write(async () => {
      later = new Promise((resolve) => setTimeout(resolve, 5)).then(() => db.write(async () => 3));
    });
    expect(await later).toBe(3);
  });

  it('tell a unique violation from everything else, on both engines', async () => {
    const db = await freshDatabase();
    await db.write((tx) => tx.insert(cursor).values(row('a')));
    const error = await db.write((tx) => tx.insert(cursor).values(row('a'))).catch((e: unknown) => e);
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(new Error('other'))).toBe(false);
  });

  it('give sums and counts as numbers, and prepared statements their values', async () => {
    const db = await freshDatabase();
    await db.write(async (tx) => {
      for (const [name, count] of [
        ['a', 4_000_000_000],
        ['b', 5],
      ] as const)
        await tx.insert(cursor).values(row(name, count));
    });
    const [totals] = await db.read((q) => q.select({ sum: sumOf(cursor.count), rows: countAll() }).from(cursor));
    expect(totals).toEqual({ sum: 4_000_000_005, rows: 2 });
    for (const [name, count] of [
      ['a', 4_000_000_000],
      ['b', 5],
    ] as const) {
      const found = await db.read((q) =>
        prepare(q, 'test_cursor', (p) =>
          p
            .select()
            .from(cursor)
            .where(eq(cursor.name, sql.placeholder('name'))),
        ).execute({ name }),
      );
      expect(found[0]?.count).toBe(count);
    }
  });

  it('what was read is read once, however often its promise is awaited', async () => {
    const db = await freshDatabase();
    const none = db.read((q) => q.select().from(cursor));
    expect(await none).toEqual([]);
    await db.write((tx) => tx.insert(cursor).values(row('a')));
    expect(await none).toEqual([]);
  });
});
