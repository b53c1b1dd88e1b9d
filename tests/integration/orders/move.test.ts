import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { firstBroken } from '#app/core/audit.server.ts';
import { advanceOrder } from '#app/modules/orders/advance-order.server.ts';
import { holdSlot } from '#app/modules/orders/hold-slot.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { savePool } from '#app/modules/scheduling/save-pool.server.ts';
import { viewPool } from '#app/modules/scheduling/view-pools.server.ts';
import { outbox } from '#db/schema/core.ts';
import { orders } from '#db/schema/orders.ts';
import { claim, resourceDay } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';

const NINE = shanghai('2026-11-26T09:00');
const LATER = shanghai('2026-11-27T14:00');

async function market(options: MarketOptions = { pools: [1] }) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, options);
  const book = async (startAt = NINE, buyer = 0) => {
    const { id, number } = await holdSlot(deps, m.buyers[buyer]!, formFor(m.service, startAt));
    await deps.db.write((tx) => recordPaid(tx, { orderId: id, now: deps.time.now }));
    return { id, number };
  };
  const orderOf = async (id: string) => (await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, id))))[0]!;
  const cells = async (id: string) =>
    (await deps.db.read((q) => q.select().from(claim).where(eq(claim.orderId, id))))
      .map(({ cell, resourceId }) => `${resourceId} ${cell}`)
      .sort();
  const move = async (id: string, startAt: number, actor = m.manager, version?: number) => {
    const order = await orderOf(id);
    await moveBooking(deps, actor, { number: order.number, startAt, version: version ?? order.version });
  };
  const mails = async () =>
    (await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')))).filter(
      ({ payload }) => payload.kind === 'order_moved',
    );
  const booked = async () =>
    (await deps.db.read((q) => q.select().from(resourceDay)))
      .filter((row) => row.bookedMinutes !== 0)
      .map(({ day, bookedMinutes }) => [day, bookedMinutes]);
  return { deps, m, book, orderOf, cells, move, mails, booked };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('moving a booking', () => {
  it('frees what it had and takes the new time, and the buyer is told once', async () => {
    const { deps, book, orderOf, cells, move, mails, booked } = await market();
    const { id } = await book();
    const before = await cells(id);
    const minutes = await booked();
    await move(id, LATER);
    const order = await orderOf(id);
    expect(order).toMatchObject({ startAt: LATER, progress: 'confirmed' });
    expect(order.endAt - order.startAt).toBe((await cells(id)).length * 1_800_000);
    expect(await cells(id)).not.toEqual(before);
    expect((await booked()).map(([, sum]) => sum)).toEqual(minutes.map(([, sum]) => sum));
    expect(await booked()).not.toEqual(minutes);
    expect(await mails()).toMatchObject([{ payload: { facts: { before: NINE, startAt: LATER } } }]);
    expect(await deps.db.read((q) => firstBroken(q, `order:${id}`))).toBeUndefined();
  });

  it('onto a taken cell leaves both where they were', async () => {
    const { book, orderOf, cells, move, mails } = await market();
    const first = await book();
    const second = await book(LATER, 1);
    const kept = [await cells(first.id), await cells(second.id)];
    expect(await refusal(move(first.id, LATER))).toBe('slot_taken');
    expect(await refusal(move(first.id, shanghai('2026-11-28T09:00')))).toBe('slot_closed'); // a Saturday
    expect(await refusal(move(first.id, shanghai('2020-01-01T09:00')))).toBe('slot_closed');
    expect([await cells(first.id), await cells(second.id)]).toEqual(kept);
    expect((await orderOf(first.id)).startAt).toBe(NINE);
    expect(await mails()).toEqual([]);
  });

  it('may overlap the time it had', async () => {
    const { book, cells, move } = await market();
    const { id } = await book();
    await move(id, NINE + 1_800_000);
    expect((await cells(id)).length).toBeGreaterThan(0);
  });

  it('at the same time leaves a resource that has gone out of use', async () => {
    const { deps, m, book, cells, move, mails } = await market({ pools: [2] });
    const { id } = await book();
    const [at] = (await cells(id))[0]!.split(' ');
    const { pool, resources } = await viewPool(deps, m.manager, m.poolIds[0]!);
    await savePool(deps, m.manager, { ...pool!, resources: resources.map((one) => ({ ...one, active: one.id !== at })) });
    expect((await viewPool(deps, m.manager, m.poolIds[0]!)).touched).toHaveLength(1);
    await move(id, NINE);
    expect((await cells(id)).every((cell) => !cell.startsWith(at!))).toBe(true);
    expect((await viewPool(deps, m.manager, m.poolIds[0]!)).touched).toEqual([]);
    expect(await mails()).toEqual([]);
  });

  it('is for those who plan, for orders as they were shown, and before the work begins', async () => {
    const { deps, m, book, orderOf, move } = await market();
    const { id, number } = await book();
    const stranger = await seedMarket(deps.db);
    expect(await refusal(move(id, LATER, m.technician))).toBe('forbidden');
    expect(await refusal(move(id, LATER, { ...m.manager, role: 'finance' }))).toBe('forbidden');
    expect(await refusal(move(id, LATER, stranger.manager))).toBe('not_found');
    expect(await refusal(move(id, LATER, m.buyers[0]!))).toBe('not_found');
    expect(await refusal(move(id, LATER, m.manager, 1))).toBe('stale');
    await move(id, LATER, { ...m.manager, role: 'scheduler' });
    expect(
      await refusal(
        advanceOrder(deps, { ...m.manager, role: 'finance' }, { number, event: 'begin', version: (await orderOf(id)).version }),
      ),
    ).toBe('forbidden');
    await advanceOrder(deps, m.technician, { number, event: 'begin', version: (await orderOf(id)).version });
    expect(await refusal(move(id, NINE))).toBe('transition_refused');
  });

  it('of two moved to one place at once leaves one there and the other where it was', async () => {
    const { book, orderOf, move } = await market();
    const ids = [(await book()).id, (await book(shanghai('2026-11-26T14:00'), 1)).id];
    const answers = await Promise.all(ids.map((id) => refusal(move(id, LATER))));
    expect([...answers].sort()).toEqual(['none', 'slot_taken']);
    const starts = await Promise.all(ids.map(async (id) => (await orderOf(id)).startAt));
    expect(starts.filter((at) => at === LATER)).toHaveLength(1);
  });
});
