import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Deps } from '#app/core/deps.ts';
import { drainOutbox, enqueue, type Handlers } from '#app/core/outbox.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { outbox } from '#db/schema/core.ts';
import { freshDatabaseUrl, testDeps } from '#tests/support/database.ts';

const DAY = 86_400_000;
const put = (deps: Pick<Deps, 'db' | 'clock'>, ...keys: string[]) =>
  deps.db.write(async (tx) => {
    for (const key of keys) await enqueue(tx, { topic: 'work', payload: { key }, dedupeKey: key }, deps.clock());
  });
const rowOf = async ({ db }: Pick<Deps, 'db'>, key: string) =>
  (await db.read((q) => q.select().from(outbox).where(eq(outbox.dedupeKey, key))))[0];

describe('effects', () => {
  it('of a slow batch are not begun again by another process, because the first keeps them', async () => {
    const url = await freshDatabaseUrl();
    const rest = await testDeps();
    const process = () => {
      const db = openDatabase(url);
      onTestFinished(() => db.close());
      return { ...rest, db, clock: Date.now };
    };
    const [one, two] = [process(), process()];
    const done: unknown[] = [];
    const slow: Handlers = {
      work: async ({ key }) => {
        await new Promise((resolve) => setTimeout(resolve, 2500));
        done.push(key);
      },
    };
    await put(one, 'a', 'b');
    const first = drainOutbox(one, slow, 'one', 900);
    const until = Date.now() + 2000;
    while (Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await drainOutbox(two, slow, 'two', 900);
    }
    await first;
    expect(done.toSorted()).toEqual(['a', 'b']);
  });

  it('that say so are put down as done at once, not when the slowest of the batch is', async () => {
    const deps = await testDeps();
    const gate = Promise.withResolvers<void>();
    await put(deps, 'quick', 'slow');
    const drained = drainOutbox(
      deps,
      {
        work: async ({ key }, { done }) => {
          if (key === 'slow') await gate.promise;
          else await done(async (tx) => void (await tx.update(outbox).set({ payload: {} }).where(eq(outbox.dedupeKey, 'quick'))));
        },
      },
      'one',
    );
    await expect.poll(async () => (await rowOf(deps, 'quick'))?.doneAt, { timeout: 10_000 }).toBe(deps.time.now);
    expect(await rowOf(deps, 'quick')).toMatchObject({ payload: {}, leasedBy: null });
    expect((await rowOf(deps, 'slow'))?.doneAt).toBeNull();
    gate.resolve();
    expect(await drained).toBe(2);
  });

  it('do not wait for the clock of a process that stood a day ahead: neither those it held nor those it put down', async () => {
    const deps = await testDeps();
    await put(deps, 'held');
    await deps.db.write((tx) => tx.update(outbox).set({ leasedBy: 'dead', leasedUntil: deps.time.now + DAY }));
    deps.time.now += DAY;
    await put(deps, 'put down');
    deps.time.now -= DAY;
    await deps.db.write((tx) => enqueue(tx, { topic: 'work', payload: {}, dedupeKey: 'later', at: deps.time.now + 5000 }, deps.time.now));
    const done: unknown[] = [];
    await drainOutbox(deps, { work: async ({ key }) => void done.push(key) }, 'alive');
    expect(done.toSorted()).toEqual(['held', 'put down']);
    expect((await rowOf(deps, 'later'))?.doneAt).toBeNull();
  });
});
