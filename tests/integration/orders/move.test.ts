import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { firstBroken } from '#app/core/audit.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { addClosure } from '#app/modules/scheduling/add-closure.server.ts';
import { listPoolResources } from '#app/modules/scheduling/list-pool-resources.server.ts';
import { savePool } from '#app/modules/scheduling/save-pool.server.ts';
import { viewPool } from '#app/read-models/view-pools.server.ts';
import { outbox } from '#db/schema/core.ts';
import { membership, person } from '#db/schema/identity.ts';
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
    await deps.db.write((tx) => recordPaid(tx, deps, { orderId: id, now: deps.time.now }));
    return { id, number };
  };
  const orderOf = async (id: string) => (await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, id))))[0]!;
  const cells = async (id: string) =>
    (await deps.db.read((q) => q.select().from(claim).where(eq(claim.holderId, id))))
      .map(({ cell, resourceId }) => `${resourceId} ${cell}`)
      .sort();
  const move = async (id: string, startAt: number, actor = m.manager, version?: number) => {
    const order = await orderOf(id);
    await moveBooking(deps, actor, { number: order.number, startAt, version: version ?? order.version });
  };
  const moveTo = async (id: string, startAt: number, resourceId: string) => {
    const { number, version } = await orderOf(id);
    await moveBooking(deps, m.manager, { number, startAt, version, resourceId });
  };
  /** The resources it holds, in the order of the pools. */
  const on = async (id: string) => {
    const held = new Set((await cells(id)).map((cell) => cell.split(' ')[0]));
    return m.resourceIds.map((ids) => ids.findIndex((one) => held.has(one)));
  };
  const mails = async () =>
    (await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')))).filter(
      ({ payload }) => payload.kind === 'order_moved',
    );
  const booked = async () =>
    (await deps.db.read((q) => q.select().from(resourceDay)))
      .filter((row) => row.bookedMinutes !== 0)
      .map(({ day, bookedMinutes }) => [day, bookedMinutes]);
  return { deps, m, book, orderOf, cells, move, moveTo, on, mails, booked };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('moving a booking', () => {
  it('tells the others who get the letters of the centre, not who moved it', async () => {
    const { deps, m, book, move } = await market();
    const [other, scheduler] = [newId(), newId()];
    await deps.db.write(async (tx) => {
      for (const [id, role, name] of [
        [other, 'manager', 'Lin Yi'],
        [scheduler, 'scheduler', 'Wu Di'],
      ] as const) {
        await tx
          .insert(person)
          .values({ id, name, email: `${role}@centre.test`, passwordHash: '', locale: 'en', createdAt: deps.time.now });
        await tx
          .insert(membership)
          .values({ id: newId(), personId: id, organisationId: m.manager.organisationId, role, createdAt: deps.time.now });
      }
    });
    const told = async () =>
      (await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail'))))
        .filter(({ payload }) => payload.kind === 'centre_order_moved')
        .map(({ payload }) => payload);
    const { id } = await book();
    await move(id, NINE);
    expect(await told()).toEqual([]);
    await move(id, LATER);
    const facts = { before: NINE, startAt: LATER, sequence: 1 };
    expect(await told()).toMatchObject([{ to: 'manager@centre.test', locale: 'en', facts }]);
    await move(id, NINE, { ...m.manager, personId: other });
    const back = (await told()).filter(({ to }) => to !== 'manager@centre.test');
    expect(back).toMatchObject([{ facts: { before: LATER, startAt: NINE, mover: 'Lin Yi' } }]);
    expect(await told()).toHaveLength(2);
    await move(id, LATER, { ...m.manager, personId: scheduler, role: 'scheduler' });
    expect((await told()).filter(({ facts: of }) => (of as { mover?: string }).mover === 'Wu Di')).toHaveLength(2);
  });

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

describe('moving a booking to a resource somebody chose', () => {
  it('at its time takes that one, keeps what it has of the other pools, and tells the buyer nothing', async () => {
    const { m, book, orderOf, moveTo, on, mails } = await market({ pools: [2, 2, 1], buyers: 2 });
    const { id } = await book();
    expect(await on(id)).toEqual([0, 0, 0]);
    await moveTo(id, NINE, m.resourceIds[0]![1]!);
    expect(await on(id)).toEqual([1, 0, 0]);
    await moveTo(id, NINE, m.resourceIds[1]![1]!);
    expect(await on(id)).toEqual([1, 1, 0]);
    expect((await orderOf(id)).startAt).toBe(NINE);
    expect(await mails()).toEqual([]);
  });

  it('at another time takes that one, and of the other pools what suits', async () => {
    const { m, book, moveTo, on, mails } = await market({ pools: [2, 2] });
    const { id } = await book();
    await book(LATER, 1);
    await moveTo(id, LATER, m.resourceIds[0]![1]!);
    expect(await on(id)).toEqual([1, 1]);
    expect(await mails()).toHaveLength(1);
  });

  it('does not go elsewhere when that one is taken or closed then: nothing changes', async () => {
    const { deps, m, book, orderOf, cells, moveTo, on, mails } = await market({ pools: [3] });
    const [first, second] = [await book(), await book(NINE, 1)];
    expect([await on(first.id), await on(second.id)]).toEqual([[0], [1]]);
    const kept = [await cells(first.id), await cells(second.id)];
    expect(await refusal(moveTo(first.id, NINE, m.resourceIds[0]![1]!))).toBe('slot_taken');
    const away = { centreId: m.centreId, poolId: m.poolIds[0]!, resourceId: m.resourceIds[0]![2]!, reasonZh: '', reasonEn: '' };
    await addClosure(deps, m.manager, { ...away, fromAt: NINE, untilAt: LATER });
    expect(await refusal(moveTo(first.id, NINE, m.resourceIds[0]![2]!))).toBe('slot_taken');
    expect(await refusal(moveTo(first.id, shanghai('2026-11-28T09:00'), m.resourceIds[0]![2]!))).toBe('slot_closed'); // a Saturday
    expect([await cells(first.id), await cells(second.id)]).toEqual(kept);
    expect(await orderOf(first.id)).toMatchObject({ startAt: NINE });
    expect(await mails()).toEqual([]);
  });

  it('refuses what its pools do not have: of another centre, of another pool, out of use', async () => {
    const { deps, m, book, cells, moveTo } = await market({ pools: [2] });
    const { id } = await book();
    const kept = await cells(id);
    const stranger = await seedMarket(deps.db, { pools: [1] });
    const { pool, resources } = await viewPool(deps, m.manager, m.poolIds[0]!);
    const other = await savePool(deps, m.manager, { ...pool!, id: null, resources: resources.map((one) => ({ ...one, id: null })) });
    const elsewhere = (await viewPool(deps, m.manager, other)).resources[0]!.id;
    await savePool(deps, m.manager, { ...pool!, resources: resources.map((one, i) => ({ ...one, active: i === 0 })) });
    for (const resourceId of [stranger.resourceIds[0]![0]!, elsewhere, resources[1]!.id, 'nothing', '\0'])
      expect(await refusal(moveTo(id, LATER, resourceId))).toBe('invalid_form');
    expect(await cells(id)).toEqual(kept);
    const offered = await listPoolResources(deps, m.manager, [m.poolIds[0]!, ...stranger.poolIds]);
    expect(offered.map((one) => [one.id, one.resources.map(({ id }) => id)])).toEqual([[m.poolIds[0], [resources[0]!.id]]]);
  });

  it('leaves of the other pools what has gone out of use', async () => {
    const { deps, m, book, moveTo, on } = await market({ pools: [2, 2] });
    const { id } = await book();
    const { pool, resources } = await viewPool(deps, m.manager, m.poolIds[1]!);
    await savePool(deps, m.manager, { ...pool!, resources: resources.map((one, i) => ({ ...one, active: i === 1 })) });
    await moveTo(id, NINE, m.resourceIds[0]![1]!);
    expect(await on(id)).toEqual([1, 1]);
  });

  it('of two moved to one resource at once puts one there', async () => {
    const { m, book, moveTo, on } = await market({ pools: [3] });
    const ids = [(await book()).id, (await book(NINE, 1)).id];
    const answers = await Promise.all(ids.map((id) => refusal(moveTo(id, LATER, m.resourceIds[0]![2]!))));
    expect([...answers].sort()).toEqual(['none', 'slot_taken']);
    expect((await Promise.all(ids.map(on))).flat().filter((at) => at === 2)).toHaveLength(1);
  });
});
