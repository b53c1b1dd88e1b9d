import { and, eq, ne } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { addClosure } from '#app/modules/scheduling/add-closure.server.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { findFreeStarts } from '#app/modules/scheduling/find-free-starts.server.ts';
import { removeClosure } from '#app/modules/scheduling/remove-closure.server.ts';
import { type PoolInput, savePool } from '#app/modules/scheduling/save-pool.server.ts';
import { NO_POOL } from '#app/modules/scheduling/worker-cells.ts';
import { viewPool } from '#app/read-models/view-pools.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { claim, resource } from '#db/schema/scheduling.ts';
import { freshDatabaseUrl, testDeps } from '#tests/support/database.ts';
import { formFor, type Service, shanghai } from '#tests/support/market.ts';
import { runAgain } from '#tests/support/migration.ts';
import { type PoolOfPeople, seedSharedMarket } from '#tests/support/shared-people.ts';
import { expectRollupKept } from './rollup-check.ts';

const NINE = shanghai('2026-11-24T09:00');
const NAMED: PoolOfPeople[] = [
  { gridMinutes: 30, people: [1] },
  { gridMinutes: 60, people: [1, null] },
  { gridMinutes: 15, people: [1] },
];

type Options = Parameters<typeof seedSharedMarket>[2];

async function market(pools: PoolOfPeople[], options: Options = {}) {
  const deps = await testDeps();
  const m = await seedSharedMarket(deps.db, pools, { buyers: 6, ...options });
  const sold = async (i: number) =>
    (await deps.db.read((q) => q.select().from(service).where(eq(service.id, m.services[i]!.id))))[0] as Service;
  const starts = async (i: number) => {
    const { week } = await findFreeStarts(deps, { service: await sold(i), quantity: 1, firstDay: '2026-11-23' });
    return week.days.flatMap((day) => day.starts.map(({ at }) => at));
  };
  const first = async (i: number) => (await earliestStarts(deps, [await sold(i)])).get(m.services[i]!.id);
  const hold = async (i: number, startAt = NINE, buyer = 0) => holdSlot(deps, m.buyers[buyer]!, formFor(await sold(i), startAt));
  /** Links with members stay as they are. */
  const inputOf = async (i: number): Promise<PoolInput> => {
    const { pool, resources } = await viewPool(deps, m.manager, m.poolIds[i]!);
    return {
      ...pool!,
      resources: resources.map(({ id, nameZh, nameEn, active, certificate, validUntil }) => ({
        id,
        nameZh,
        nameEn,
        active,
        certificate,
        validUntil,
      })),
    };
  };
  const say = async (i: number, change: Partial<PoolInput['resources'][number]>, place = 0) => {
    const input = await inputOf(i);
    return savePool(deps, m.manager, { ...input, resources: input.resources.map((one, n) => (n === place ? { ...one, ...change } : one)) });
  };
  return { deps, m, sold, starts, first, hold, say };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { field?: string; reason?: string } }) =>
      [error.code, error.facts?.field, error.facts?.reason].filter(Boolean).join(' ') || String(error),
  );

describe('one person in several pools', () => {
  it('is booked once at a time, whatever the grids, and shown so; a cancelled booking frees all pools', async () => {
    const { deps, m, starts, first, hold } = await market(NAMED);
    expect([await first(0), await first(1), await first(2)]).toEqual([NINE, NINE, NINE]);
    const order = await hold(0);
    expect(await refusal(hold(2))).toBe('slot_taken');
    expect(await refusal(hold(2, NINE + 30 * 60_000))).toBe('slot_taken');
    expect((await starts(2)).slice(0, 1)).toEqual([NINE + 60 * 60_000]);
    expect(await first(2)).toBe(NINE + 60 * 60_000);
    // The pool of whole hours has somebody else as well.
    await hold(1, NINE, 1);
    expect(await refusal(hold(1, NINE, 2))).toBe('slot_taken');
    const { refund } = await previewCancellation(deps, m.buyers[0]!, order.number);
    await cancelOrder(deps, m.buyers[0]!, { number: order.number, shownRefund: refund });
    expect([await first(0), await first(1), await first(2)]).toEqual([NINE, NINE, NINE]);
    await hold(2);
    expect(await first(0)).toBe(NINE + 60 * 60_000);
    await expectRollupKept(deps, m.poolIds);
  });

  it('is no two people of a service that needs two', async () => {
    const { starts, hold } = await market(
      [
        { gridMinutes: 30, people: [1, 2] },
        { gridMinutes: 30, people: [1] },
        { gridMinutes: 30, people: [2] },
      ],
      { needs: [[0, 1], [2], [0, 1, 2]] },
    );
    expect(await starts(2)).toEqual([]);
    expect(await starts(0)).toContain(NINE);
    await hold(1);
    expect(await starts(0)).not.toContain(NINE);
    expect(await refusal(hold(0))).toBe('slot_taken');
    await hold(0, NINE + 60 * 60_000);
    expect(await refusal(hold(1, NINE + 60 * 60_000))).toBe('slot_taken');
  });

  it('is away from all pools at once, and not away while booked in one', async () => {
    const { deps, m, starts, hold, first } = await market(NAMED);
    const leave = { centreId: m.centreId, poolId: m.poolIds[0]!, resourceId: m.resourceOf(0, 0) };
    const morning = { fromAt: NINE, untilAt: shanghai('2026-11-24T12:00') };
    await hold(2);
    expect(await refusal(addClosure(deps, m.manager, { ...leave, ...morning }))).toBe('closure_has_bookings');
    const id = await addClosure(deps, m.manager, { ...leave, ...morning, fromAt: NINE + 60 * 60_000 });
    expect(await first(2)).toBe(shanghai('2026-11-24T13:00'));
    expect(await starts(1)).toContain(NINE);
    await expectRollupKept(deps, m.poolIds);
    await removeClosure(deps, m.manager, id);
    expect(await first(2)).toBe(NINE + 60 * 60_000);
    await expectRollupKept(deps, m.poolIds);
  });
});

describe('the pool page', () => {
  const ALONE: PoolOfPeople[] = [
    { gridMinutes: 30, people: [null, null] },
    { gridMinutes: 60, people: [null] },
    { gridMinutes: 30, people: [null] },
  ];

  it('says who is one person, and takes it back', async () => {
    const { deps, m, starts, hold, say } = await market(ALONE);
    const order = await hold(0);
    await say(1, { sameAs: m.resourceOf(0, 0) });
    await say(2, { sameAs: m.resourceOf(1, 0) });
    const workers = (await deps.db.read((q) => q.select().from(resource))).flatMap(({ workerId }) => workerId ?? []);
    expect(workers).toHaveLength(3);
    expect(new Set(workers).size).toBe(1);
    // What was booked before it was said counts.
    const at = (await deps.db.read((q) => q.select().from(claim).where(ne(claim.poolId, NO_POOL))))[0];
    expect((await starts(1)).includes(NINE)).toBe(at?.resourceId !== m.resourceOf(0, 0));
    expect((await starts(2)).includes(NINE)).toBe(at?.resourceId !== m.resourceOf(0, 0));
    await say(1, { sameAs: null });
    expect(await starts(1)).toContain(NINE);
    await say(2, { sameAs: null });
    const all = await deps.db.read((q) => q.select().from(resource));
    expect(all.every(({ workerId }) => workerId === null)).toBe(true);
    expect(await deps.db.read((q) => q.$count(claim, eq(claim.poolId, NO_POOL)))).toBe(0);
    expect(await deps.db.read((q) => q.$count(claim, eq(claim.holderId, order.id)))).toBe(2);
  });

  it('knows a member in two pools, and forgets who is linked no more', async () => {
    const { m, starts, hold, say } = await market(ALONE);
    await say(1, { personId: m.technician.personId });
    await say(2, { personId: m.technician.personId });
    await hold(1);
    expect(await starts(2)).not.toContain(NINE);
    await say(2, { personId: m.manager.personId });
    expect(await starts(2)).toContain(NINE);
  });

  it('refuses who would be booked twice, naming the orders, somebody twice in one pool, and strangers', async () => {
    const { deps, m, hold, say } = await market(ALONE);
    const [one, two] = [await hold(1), await hold(2)];
    const refused = await say(2, { sameAs: m.resourceOf(1, 0) }).catch((error: { code: string; facts: unknown }) => error);
    expect(refused).toMatchObject({
      code: 'person_booked_twice',
      facts: { orders: [one.number, two.number].sort().join(', '), count: 2 },
    });
    expect((await deps.db.read((q) => q.select().from(resource))).every(({ workerId }) => workerId === null)).toBe(true);
    await say(0, { sameAs: m.resourceOf(1, 0) });
    expect(await refusal(say(0, { sameAs: m.resourceOf(1, 0) }, 1))).toBe('invalid_form personId twice');
    expect(await refusal(say(0, { sameAs: m.resourceOf(0, 0) }, 1))).toBe('invalid_form personId unknown');
    const stranger = await seedSharedMarket(deps.db, ALONE);
    expect(await refusal(say(0, { sameAs: stranger.resourceOf(1, 0) }, 1))).toBe('invalid_form personId unknown');
    // A member may look after two of one pool.
    await say(0, { personId: m.technician.personId });
    await say(0, { personId: m.technician.personId }, 1);
    expect((await deps.db.read((q) => q.select().from(resource))).every(({ workerId }) => workerId === null)).toBe(true);
  });
});

it('members linked in several pools before are one person after the migration, with what they are booked for', async () => {
  const url = await freshDatabaseUrl();
  const db = openDatabase(url);
  const deps = { ...(await testDeps()), db };
  const m = await seedSharedMarket(db, [
    { gridMinutes: 30, people: [null] },
    { gridMinutes: 60, people: [null, null] },
  ]);
  await holdSlot(deps, m.buyers[0]!, formFor(m.services[0]!, NINE));
  const linked = and(eq(resource.poolId, m.poolIds[0]!));
  await db.write(async (tx) => {
    await tx.update(resource).set({ personId: m.technician.personId }).where(linked);
    await tx
      .update(resource)
      .set({ personId: m.technician.personId })
      .where(eq(resource.id, m.resourceOf(1, 0)));
    await tx
      .update(resource)
      .set({ personId: m.manager.personId })
      .where(eq(resource.id, m.resourceOf(1, 1)));
  });
  expect(await runAgain(url, /SET .worker_id. =|SELECT r\.worker_id/)).toBe(2);
  const workers = new Map((await db.read((q) => q.select().from(resource))).map(({ id, workerId }) => [id, workerId]));
  expect(workers.get(m.resourceOf(0, 0))).toBe(workers.get(m.resourceOf(1, 0)));
  expect(workers.get(m.resourceOf(0, 0))).toMatch(/^w-/);
  expect(workers.get(m.resourceOf(1, 1))).toBeNull();
  const quarters = await db.read((q) => q.select().from(claim).where(eq(claim.poolId, NO_POOL)).orderBy(claim.cell));
  expect(quarters.map(({ cell }) => cell)).toEqual([0, 1, 2, 3].map((n) => NINE / 900_000 + n));
  await holdSlot(deps, m.buyers[1]!, formFor(m.services[1]!, NINE));
  expect(await refusal(holdSlot(deps, m.buyers[1]!, formFor(m.services[1]!, NINE)))).toBe('slot_taken');
  await db.close();
});
