import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { viewDayList } from '#app/modules/jobs/view-day-list.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { savePool } from '#app/modules/scheduling/save-pool.server.ts';
import { viewPool } from '#app/read-models/view-pools.server.ts';
import { membership } from '#db/schema/identity.ts';
import { claim, resource } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';

const THURSDAY = '2026-11-26';
const NINE = shanghai(`${THURSDAY}T09:00`);

async function centre(options: MarketOptions = { pools: [2, 2] }) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, options);
  const book = async (startAt: number, buyer = 0, changes = {}) => {
    const { id, number } = await holdSlot(deps, m.buyers[buyer]!, formFor(m.service, startAt, changes));
    await deps.db.write((tx) => recordPaid(tx, deps, { orderId: id, now: deps.time.now }));
    return { id, number };
  };
  /** Links one resource of the second pool, or all of them, with somebody. */
  const link = async (personId: string | null, at = [0], by: Actor = m.manager) => {
    const { pool, resources } = await viewPool(deps, m.manager, m.poolIds[1]!);
    await savePool(deps, by, { ...pool!, resources: resources.map((one, i) => (at.includes(i) ? { ...one, personId } : one)) });
  };
  const numbers = async (actor = m.technician, day?: string) =>
    (await viewDayList(deps, actor, day === undefined ? {} : { day })).jobs.map(({ number }) => number);
  const holderOf = async (id: string, poolId: string) =>
    (
      await deps.db.read((q) =>
        q
          .select()
          .from(claim)
          .where(and(eq(claim.holderId, id), eq(claim.poolId, poolId))),
      )
    )[0]!.resourceId;
  return { deps, m, book, link, numbers, holderOf };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { field?: string } }) => [error.code, error.facts?.field].filter(Boolean).join(' ') || String(error),
  );

describe('a day list', () => {
  it('has the bookings on one own resource, in order of time, with what they need', async () => {
    const { deps, m, book, link, numbers, holderOf } = await centre();
    const late = await book(shanghai(`${THURSDAY}T14:00`));
    const items = Array.from({ length: 4 }, (_, i) => ({ name: '千分尺', maker: '', model: 'M', serial: `S${i}` }));
    const early = await book(NINE, 1, { quantity: 4, items });
    const elsewhere = await book(NINE);
    const other = await book(shanghai('2026-11-27T09:00'));
    const [first, second] = m.resourceIds[1]!;
    expect([await holderOf(early.id, m.poolIds[1]!), await holderOf(elsewhere.id, m.poolIds[1]!)]).toEqual([first, second]);
    await link(m.technician.personId);

    const view = await viewDayList(deps, m.technician, { day: THURSDAY });
    expect(view).toMatchObject({ day: THURSDAY, today: '2026-11-23', previous: '2026-11-25', next: '2026-11-27', linked: [{ id: first }] });
    expect(view.jobs.map(({ number }) => number)).toEqual([early.number, late.number]);
    expect(view.jobs[0]).toMatchObject({
      from: NINE,
      until: shanghai(`${THURSDAY}T11:30`),
      progress: 'confirmed',
      quantity: 4,
      itemCount: 4,
      places: [{ nameEn: 'Bench 1' }],
    });
    expect(view.jobs[0]?.items.map(({ serial }) => serial)).toEqual(['S0', 'S1', 'S2']);
    expect(await numbers(m.technician, '2026-11-27')).toEqual([other.number]);
    expect(await numbers()).toEqual([]);
    // What is no day is today.
    deps.time.now = shanghai('2026-11-27T00:30');
    for (const day of [undefined, '', '2026-02-30', '9999-99-99', '\0', '-271821-04-20'])
      expect(await numbers(m.technician, day)).toEqual([other.number]);
    await advanceOrder(deps, m.technician, { number: early.number, event: 'receive', version: view.jobs[0]!.version });
    expect((await viewDayList(deps, m.technician, { day: THURSDAY })).jobs[0]?.progress).toBe('received');
  });

  it('of somebody linked with no resource is the whole centre’s, each booking once', async () => {
    const { deps, m, book, link, numbers } = await centre();
    const booked = [await book(NINE), await book(NINE, 1)];
    expect((await numbers(m.technician, THURSDAY)).sort()).toEqual(booked.map(({ number }) => number).sort());
    await link(m.technician.personId, [0, 1]);
    expect((await numbers(m.technician, THURSDAY)).length).toBe(2);
    const manager = await viewDayList(deps, m.manager, { day: THURSDAY });
    expect(manager.linked).toEqual([]);
    expect(manager.jobs.map(({ places }) => places.length)).toEqual([2, 2]);
  });

  it('of a long job has each day’s own hours', async () => {
    const { deps, m, book } = await centre({ pools: [1], service: { minutesPerItem: 240, maxQuantity: 5 } });
    await book(shanghai(`${THURSDAY}T14:00`), 0, { quantity: 2 });
    const seen = async (day: string) => (await viewDayList(deps, m.technician, { day })).jobs.map(({ from, until }) => [from, until]);
    expect(await seen(THURSDAY)).toEqual([[shanghai(`${THURSDAY}T14:00`), shanghai(`${THURSDAY}T17:00`)]]);
    expect(await seen('2026-11-27')).toEqual([[shanghai('2026-11-27T09:00'), shanghai('2026-11-27T15:30')]]);
    expect(await seen('2026-11-28')).toEqual([]);
  });

  it('is the centre’s own, and a link leads to members alone', async () => {
    const { deps, m, book, link, numbers } = await centre();
    await book(NINE);
    const stranger = await seedMarket(deps.db);
    expect(await numbers(stranger.technician, THURSDAY)).toEqual([]);
    expect(await refusal(numbers(m.buyers[0]!, THURSDAY))).toBe('not_found');
    expect(await refusal(link(stranger.technician.personId))).toBe('invalid_form personId');
    expect(await refusal(link(m.buyers[0]!.personId))).toBe('invalid_form personId');
    expect(await refusal(link(m.technician.personId, [0], m.technician))).toBe('forbidden');
    // Were another centre's resource linked with one of ours, its bookings would still be theirs.
    await deps.db.write((tx) =>
      tx.update(resource).set({ personId: m.technician.personId }).where(eq(resource.id, stranger.resourceIds[0]![0]!)),
    );
    expect((await viewDayList(deps, m.technician, { day: THURSDAY })).linked).toEqual([]);
    expect((await numbers(m.technician, THURSDAY)).length).toBe(1);
  });

  it('forgets a link while the person is no member', async () => {
    const { deps, m, link } = await centre();
    await link(m.technician.personId);
    const linked = async () => (await viewPool(deps, m.manager, m.poolIds[1]!)).resources.map(({ personId }) => personId);
    expect(await linked()).toEqual([m.technician.personId, null]);
    const { pool, resources } = await viewPool(deps, m.manager, m.poolIds[1]!);
    const [before] = await deps.db.write((tx) => tx.delete(membership).where(eq(membership.personId, m.technician.personId)).returning());
    expect(await linked()).toEqual([null, null]);
    expect((await viewDayList(deps, m.technician)).linked).toEqual([]);
    expect((await viewPool(deps, m.manager, m.poolIds[1]!)).members.map(({ personId }) => personId)).toEqual([m.manager.personId]);
    expect(await refusal(savePool(deps, m.manager, { ...pool!, resources }))).toBe('invalid_form personId');
    await deps.db.write((tx) => tx.insert(membership).values(before!));
    expect((await viewDayList(deps, m.technician)).linked).toHaveLength(1);
    // Left out, a link stays as it is.
    await savePool(deps, m.manager, { ...pool!, resources: resources.map(({ personId: _, ...one }) => one) });
    expect(await linked()).toEqual([m.technician.personId, null]);
  });
});
