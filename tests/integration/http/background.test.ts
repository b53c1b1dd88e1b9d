import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Task } from '#app/core/module.ts';
import { enqueue } from '#app/core/outbox.server.ts';
import { type Background, startBackground, takeTurn } from '#app/http/background.server.ts';
import { tidy } from '#app/http/tasks.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { changeFeed, outbox } from '#db/schema/core.ts';
import { rateLimit } from '#db/schema/identity.ts';
import { freshDatabaseUrl, testDeps } from '#tests/support/database.ts';

const DAY = 86_400_000;
const going = new AbortController().signal;

const running = (background: Background) => {
  onTestFinished(() => background.stop());
  return background;
};

describe('background work', () => {
  it('is done by the one process that has the lease, and by another when that one is silent', async () => {
    const { time, ...deps } = await testDeps();
    const done: string[] = [];
    const task = (who: string): Task => ({ name: 'work', everyMs: 1000, run: async () => done.push(who) });
    expect(await takeTurn(deps, task('a'), 'a', going)).toBe(true);
    expect(await takeTurn(deps, task('b'), 'b', going)).toBe(false);
    expect(await takeTurn(deps, task('a'), 'a', going)).toBe(true);
    time.now += 10 * 60_000;
    expect(await takeTurn(deps, task('b'), 'b', going)).toBe(true);
    expect(done).toEqual(['a', 'a', 'b']);
  });

  it('of a process that died is taken over within two minutes, however seldom it is done', async () => {
    const { time, ...deps } = await testDeps();
    const task: Task = { name: 'work', everyMs: DAY / 4, run: async () => {} };
    expect(await takeTurn(deps, task, 'a', going)).toBe(true);
    expect(await takeTurn(deps, task, 'b', going)).toBe(false);
    time.now += 120_000;
    expect(await takeTurn(deps, task, 'b', going)).toBe(true);
  });

  it('of a process that died while its clock stood a day ahead is taken over as well', async () => {
    const { time, ...deps } = await testDeps();
    const task: Task = { name: 'work', everyMs: 1000, run: async () => {} };
    time.now += DAY;
    expect(await takeTurn(deps, task, 'a', going)).toBe(true);
    time.now -= DAY;
    expect(await takeTurn(deps, task, 'b', going)).toBe(true);
    // One that is a little ahead is only a clock of another machine.
    time.now -= 30_000;
    expect(await takeTurn(deps, task, 'c', going)).toBe(false);
  });

  it('passes to the next process when one stops, each with a connection of its own', async () => {
    const url = await freshDatabaseUrl();
    const rest = await testDeps();
    const process = (counts: { n: number }, owner: string) => {
      const db = openDatabase(url);
      onTestFinished(() => db.close());
      return running(startBackground({ ...rest, db }, [{ name: 'work', everyMs: 5, run: async () => counts.n++ }], owner));
    };
    const [first, second] = [{ n: 0 }, { n: 0 }];
    const a = process(first, 'a');
    await vi.waitFor(() => expect(first.n).toBeGreaterThan(2), { timeout: 10_000 });
    process(second, 'b');
    const before = first.n;
    await vi.waitFor(() => expect(first.n).toBeGreaterThan(before + 3), { timeout: 10_000 });
    expect(second.n).toBe(0);
    await a.stop();
    const last = first.n;
    await vi.waitFor(() => expect(second.n).toBeGreaterThan(0), { timeout: 10_000 });
    expect(first.n).toBe(last);
  });

  it('goes on after a turn that failed, and says what failed', async () => {
    const deps = await testDeps();
    const errors: object[] = [];
    const log = { ...deps.log, error: (facts: object) => void errors.push(facts) };
    let turns = 0;
    const run = async () => {
      turns++;
      if (turns === 1) throw new Error('broken once');
    };
    running(startBackground({ ...deps, log }, [{ name: 'work', everyMs: 1, run }], 'a'));
    await vi.waitFor(() => expect(turns).toBeGreaterThan(1), { timeout: 10_000 });
    expect(errors).toEqual([expect.objectContaining({ task: 'work', stack: expect.stringContaining('broken once') })]);
  });

  it('runs at once when woken, once for many calls, and waits for a turn in progress before it ends', async () => {
    const deps = await testDeps();
    let [turns, finished] = [0, 0];
    const gate = Promise.withResolvers<void>();
    const run = async () => {
      turns++;
      if (turns === 2) await gate.promise;
      finished++;
    };
    const background = running(startBackground(deps, [{ name: 'work', everyMs: 3_600_000, run }], 'a'));
    await vi.waitFor(() => expect(finished).toBe(1), { timeout: 10_000 });
    for (let i = 0; i < 20; i++) background.wake('work');
    await vi.waitFor(() => expect(turns).toBe(2), { timeout: 10_000 });
    const stopped = background.stop().then(() => finished);
    gate.resolve();
    expect(await stopped).toBe(2);
    expect(turns).toBe(2);
  });
});

describe('housekeeping', () => {
  it('deletes what is past its time and nothing else', async () => {
    const { db, time, clock } = await testDeps();
    const now = time.now;
    await db.write(async (tx) => {
      for (const key of ['old', 'young', 'open']) await enqueue(tx, { topic: 'mail', payload: {}, dedupeKey: key }, now - 60 * DAY);
      const rows = await tx.select().from(outbox);
      for (const row of rows) {
        const doneAt = { old: now - 31 * DAY, young: now - 29 * DAY }[row.dedupeKey ?? ''] ?? null;
        await tx.update(outbox).set({ doneAt }).where(eq(outbox.id, row.id));
      }
      await tx.insert(changeFeed).values([
        { kind: 'service', ref: 'old', at: now - 8 * DAY },
        { kind: 'service', ref: 'young', at: now - 6 * DAY },
      ]);
      await tx.insert(rateLimit).values([
        { key: 'old', windowStart: now - 3 * DAY, count: 1 },
        { key: 'young', windowStart: now - DAY, count: 1 },
      ]);
    });
    await tidy({ db, clock });
    expect((await db.read((q) => q.select().from(outbox))).map((row) => row.dedupeKey).sort()).toEqual(['open', 'young']);
    expect((await db.read((q) => q.select().from(changeFeed))).map((row) => row.ref)).toEqual(['young']);
    expect((await db.read((q) => q.select().from(rateLimit))).map((row) => row.key)).toEqual(['young']);
  });
});
