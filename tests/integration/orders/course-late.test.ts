/** A course's money that comes late, and bookings that were made before their course had dates. */
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { declineOffer, takeOffer } from '#app/modules/orders/offers/answer-offer.server.ts';
import { HOLD_MS, holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { removeSession, sellWithoutDates } from '#app/modules/orders/sessions/remove-session.server.ts';
import { viewMoveDates } from '#app/read-models/view-move-dates.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { orders, slotOffer } from '#db/schema/orders.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, shanghai } from '#tests/support/market.ts';
import { course, faultOf, MONDAY, TWO_DAYS } from './course-market.ts';

async function lateCourse() {
  const deps = await testDeps();
  const made = await course(deps);
  await made.add(MONDAY);
  await made.add(TWO_DAYS);
  const expired = async (quantity: number) => {
    const order = await made.book(0, quantity);
    deps.time.now += HOLD_MS;
    expect(await expireHolds(deps, async () => false)).toBe(1);
    return order;
  };
  const pay = (orderId: string) => deps.db.write((tx) => recordPaid(tx, deps, { orderId, now: deps.time.now }));
  const left = async () => (await made.quote()).sessions?.map((one) => one.left);
  return { deps, ...made, expired, pay, left };
}

it('paid late, a date is booked as long as it has the seats', async () => {
  const { deps, m, expired, pay, left, cellsOf } = await lateCourse();
  const order = await expired(3);
  expect(await left()).toEqual([4, 6]);
  expect(await pay(order.id)).toBe('late_booked');
  expect(await left()).toEqual([1, 6]);
  expect(await cellsOf(order.id)).toHaveLength(3 * 12);
  const [row] = await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, order.id)));
  expect(row).toMatchObject({ progress: 'confirmed', startAt: MONDAY.startAt, endAt: MONDAY.endAt });
  await expectRollupKept(deps, m.poolIds);
});

it('paid late, it is not booked when others have the seats, and its money goes back', async () => {
  const { deps, m, book, expired, pay, left, cellsOf } = await lateCourse();
  const order = await expired(3);
  await book(1, 2);
  expect(await pay(order.id)).toBe('late_no_slot');
  expect(await left()).toEqual([2, 6]);
  expect(await cellsOf(order.id)).toEqual([]);
  await expectRollupKept(deps, m.poolIds);
});

it('paid late, it is not booked at a free time when its date was withdrawn meanwhile, nor when the course has no dates any more', async () => {
  const { deps, m, expired, pay, cellsOf } = await lateCourse();
  const one = await expired(1);
  const two = await expired(1);
  await removeSession(deps, m.manager, m.service.id, MONDAY.startAt);
  expect(await pay(one.id)).toBe('late_no_slot');
  await removeSession(deps, m.manager, m.service.id, TWO_DAYS.startAt);
  await sellWithoutDates(deps, m.manager, m.service.id);
  expect(await pay(two.id)).toBe('late_no_slot');
  for (const { id } of [one, two]) expect(await cellsOf(id)).toEqual([]);
  await expectRollupKept(deps, m.poolIds);
});

const FREE = shanghai('2026-11-24T09:00');
const LATER = shanghai('2026-11-25T14:00');

it('booked before there were dates, it moves to a free time or to a date, and from a date to dates alone', async () => {
  const deps = await testDeps();
  const { m, add, quote, cellsOf } = await course(deps);
  const order = await holdSlot(deps, m.buyers[0]!, formFor(m.service, FREE, { quantity: 2 }));
  await deps.db.write((tx) => recordPaid(tx, deps, { orderId: order.id, now: deps.time.now }));
  await add(MONDAY);
  await add({ ...TWO_DAYS, seats: 1 });
  let version = 2;
  const move = (startAt: number) => moveBooking(deps, m.manager, { number: order.number, startAt, version });
  expect(await viewMoveDates(deps, m.manager, order.number)).toMatchObject({ bound: false, dates: [{ fits: true }, { fits: false }] });
  await move(LATER);
  version++;
  // Two seats for an hour, and who teaches.
  expect(await cellsOf(order.id)).toHaveLength(3 * 2);
  await move(MONDAY.startAt);
  version++;
  expect(await cellsOf(order.id)).toHaveLength(2 * 12);
  expect((await quote()).sessions?.map(({ left }) => left)).toEqual([2, 1]);
  expect(await viewMoveDates(deps, m.manager, order.number)).toMatchObject({ bound: true });
  const refused = await move(LATER).catch((error: { code: string; facts: unknown }) => [error.code, error.facts]);
  expect(refused).toEqual(['slot_closed', { reason: 'dates' }]);
  expect(await faultOf(move(TWO_DAYS.startAt))).toBe('slot_taken');
  expect(await cellsOf(order.id)).toHaveLength(2 * 12);
  await expectRollupKept(deps, m.poolIds);
});

it('asked first, a buyer is offered the same: a free time for what had one, dates for what has one', async () => {
  const deps = await testDeps();
  const { m, add, cellsOf } = await course(deps);
  await deps.db.write((tx) => tx.update(service).set({ moves: 'ask' }).where(eq(service.id, m.service.id)));
  const order = await holdSlot(deps, m.buyers[0]!, formFor(m.service, FREE));
  await deps.db.write((tx) => recordPaid(tx, deps, { orderId: order.id, now: deps.time.now }));
  await add(MONDAY);
  const version = async () => (await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, order.id))))[0]!.version;
  const ask = async (startAt: number) => {
    await moveBooking(deps, m.manager, { number: order.number, startAt, version: await version() });
    const open = await deps.db.read((q) => q.select().from(slotOffer).where(eq(slotOffer.state, 'open')));
    return open[0]!.id;
  };
  await takeOffer(deps, m.buyers[0]!, await ask(LATER));
  expect(await cellsOf(order.id)).toHaveLength(2 * 2);
  await declineOffer(deps, m.buyers[0]!, await ask(MONDAY.startAt));
  await takeOffer(deps, m.buyers[0]!, await ask(MONDAY.startAt));
  expect(await cellsOf(order.id)).toHaveLength(12);
  await expectRollupKept(deps, m.poolIds);
});
