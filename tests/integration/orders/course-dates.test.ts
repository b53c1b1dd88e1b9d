/** A course is sold on the dates its centre announces, seat by seat, and no seat twice. */
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { contentOf, type ListingContent } from '#app/modules/catalogue/listing/listing-content.ts';
import { publishListing } from '#app/modules/catalogue/listing/publish-listing.server.ts';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { joinWaitingList } from '#app/modules/orders/offers/join-waiting-list.server.ts';
import { offerFreed } from '#app/modules/orders/offers/offer-freed.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { addSession } from '#app/modules/orders/sessions/add-session.server.ts';
import { removeSession, sellWithoutDates } from '#app/modules/orders/sessions/remove-session.server.ts';
import { addClosure } from '#app/modules/scheduling/add-closure.server.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { savePool } from '#app/modules/scheduling/save-pool.server.ts';
import { viewCourse } from '#app/read-models/view-course.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { orders, slotOffer } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import { freshDatabaseUrl, testDeps } from '#tests/support/database.ts';
import { formFor, OFFICE_HOURS, shanghai } from '#tests/support/market.ts';
import { course, faultOf, HOUR, MONDAY, TWO_DAYS } from './course-market.ts';

it('is sold on its dates alone, with the seats that are left, however far ahead', async () => {
  const deps = await testDeps();
  const { m, add, quote, book, cellsOf } = await course(deps);
  await add(TWO_DAYS);
  await add(MONDAY);
  const { sessions, week } = await quote();
  expect(sessions?.map(({ startAt, left }) => [startAt, left])).toEqual([
    [MONDAY.startAt, 4],
    [TWO_DAYS.startAt, 6],
  ]);
  expect(week.days.flatMap(({ starts }) => starts.map(({ at, until }) => [at, until]))).toEqual([
    [MONDAY.startAt, MONDAY.endAt],
    [TWO_DAYS.startAt, TWO_DAYS.endAt],
  ]);
  const [row] = await deps.db.read((q) => q.select().from(service).where(eq(service.id, m.service.id)));
  expect((await earliestStarts(deps, [row!], { quantity: 5 })).get(m.service.id)).toBe(TWO_DAYS.startAt);
  expect(await faultOf(book(0, 1, MONDAY.startAt + HOUR))).toBe('slot_closed');
  const order = await book(0, 3);
  // Three seats from nine to twelve and from one to four, and nobody who teaches.
  expect(await cellsOf(order.id)).toHaveLength(3 * 12);
  expect((await quote()).sessions?.[0]?.left).toBe(1);
  expect(await faultOf(book(1, 2))).toBe('slot_taken');
  const far = await book(1, 6, TWO_DAYS.startAt);
  // An afternoon of four hours and a morning of three.
  expect(await cellsOf(far.id)).toHaveLength(6 * 14);
  expect((await viewCourse(deps, m.manager, m.service.id)).sessions.map(({ left, orders }) => [left, orders.length])).toEqual([
    [1, 1],
    [0, 1],
  ]);
  await expectRollupKept(deps, m.poolIds);
});

it('moves from date to date, is paid late while a seat is left, and gives its seats back', async () => {
  const deps = await testDeps();
  const { m, add, quote, book } = await course(deps);
  await add(MONDAY);
  await add(TWO_DAYS);
  const order = await book(0, 4);
  await deps.db.write((tx) => recordPaid(tx, deps, { orderId: order.id, now: deps.time.now }));
  const move = (startAt: number, version: number) => moveBooking(deps, m.manager, { number: order.number, startAt, version });
  expect(await faultOf(move(MONDAY.startAt + HOUR, 2))).toBe('slot_closed');
  await move(TWO_DAYS.startAt, 2);
  expect((await quote()).sessions?.map(({ left }) => left)).toEqual([4, 2]);
  expect(await faultOf(removeSession(deps, m.manager, m.service.id, TWO_DAYS.startAt))).toBe('session booked');
  const { refund } = await previewCancellation(deps, m.buyers[0]!, order.number);
  await cancelOrder(deps, m.buyers[0]!, { number: order.number, shownRefund: refund });
  expect((await quote()).sessions?.map(({ left }) => left)).toEqual([4, 6]);
  await removeSession(deps, m.manager, m.service.id, TWO_DAYS.startAt);
  expect(await faultOf(sellWithoutDates(deps, m.manager, m.service.id))).toBe('stale');
  await removeSession(deps, m.manager, m.service.id, MONDAY.startAt);
  expect((await quote()).week.days).toEqual([]);
  await sellWithoutDates(deps, m.manager, m.service.id);
  expect((await quote()).week.days.some(({ starts }) => starts.length > 0)).toBe(true);
  await expectRollupKept(deps, m.poolIds);
});

it('sells no more than its seats, whichever of the room are taken out of use or moved to', async () => {
  const deps = await testDeps();
  const { m, add, quote, book, cellsOf } = await course(deps);
  await add(MONDAY);
  await add(TWO_DAYS);
  const [roomId, seats] = [m.poolIds[0]!, m.resourceIds[0]!];
  const left = async () => (await quote()).sessions?.map((one) => one.left);
  const first = await book(0, 1);
  await book(1, 1);
  await book(2, 2);
  await deps.db.write((tx) => recordPaid(tx, deps, { orderId: first.id, now: deps.time.now }));
  expect(await left()).toEqual([0, 6]);

  // One who sits elsewhere in the room has still a seat of the date.
  const move = (resourceId: string, startAt: number, version: number) =>
    moveBooking(deps, m.manager, { number: first.number, startAt, version, resourceId });
  await move(seats[5]!, MONDAY.startAt, 2);
  expect(new Set((await cellsOf(first.id)).map(({ resourceId }) => resourceId))).toEqual(new Set([seats[5]]));
  expect(await left()).toEqual([0, 6]);
  expect(await faultOf(book(3, 1))).toBe('slot_taken');

  // So has one whose seat is taken out of use.
  const row = (id: string, i: number) => ({ id, nameZh: `席 ${i}`, nameEn: `Seat ${i}`, active: i > 0, certificate: '', validUntil: null });
  await savePool(deps, m.manager, {
    ...{ id: roomId, kind: 'seat', field: 'length', nameZh: '教室', nameEn: 'Room', gridMinutes: 30 },
    ...{ weeklyHours: OFFICE_HOURS, observesHolidays: true, resources: seats.map(row) },
  });
  expect(await left()).toEqual([0, 5]);
  expect(await faultOf(book(3, 1))).toBe('slot_taken');
  await expectRollupKept(deps, m.poolIds);
});

it('puts one of several seats where its centre chose, and the others anywhere', async () => {
  const deps = await testDeps();
  const { m, add, quote, book, cellsOf } = await course(deps);
  await add(MONDAY);
  await add(TWO_DAYS);
  const order = await book(0, 3);
  await deps.db.write((tx) => recordPaid(tx, deps, { orderId: order.id, now: deps.time.now }));
  const resourceId = m.resourceIds[0]![5]!;
  await moveBooking(deps, m.manager, { number: order.number, startAt: TWO_DAYS.startAt, version: 2, resourceId });
  const held = new Set((await cellsOf(order.id)).map((one) => one.resourceId));
  expect([held.size, held.has(resourceId)]).toEqual([3, true]);
  expect((await quote()).sessions?.map(({ left }) => left)).toEqual([4, 3]);
  await expectRollupKept(deps, m.poolIds);
});

it('keeps of a firm the time of its seats alone, not the nights between', async () => {
  const deps = await testDeps();
  const { add, book } = await course(deps);
  const week = { startAt: shanghai('2026-12-07T09:00'), endAt: shanghai('2026-12-11T17:00'), seats: 6 };
  await add(MONDAY);
  await add(week);
  const order = await book(0, 2, week.startAt);
  const [row] = await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, order.id)));
  expect(row?.snapshot.minutes).toBe(5 * 7 * 60);
  expect(await faultOf(book(0, 1))).toBe('done');
});

it('stays in the room its dates are in, and by the seat, while any is to come', async () => {
  const deps = await testDeps();
  const { m, add, quote, book } = await course(deps);
  await add(MONDAY);
  await book(0, 3);
  const seat = { id: null, nameZh: '席', nameEn: 'Seat', active: true, certificate: '', validUntil: null };
  const other = await savePool(deps, m.manager, {
    ...{ id: null, kind: 'seat', field: 'length', nameZh: '另一教室', nameEn: 'Other room', gridMinutes: 30 },
    ...{ weeklyHours: OFFICE_HOURS, observesHolidays: true, resources: [seat, seat, seat, seat] },
  });
  const onSale = async () => (await deps.db.read((q) => q.select().from(service).where(eq(service.id, m.service.id))))[0]!;
  const publish = async (change: Partial<ListingContent>) => {
    const row = await onSale();
    const content = { ...contentOf(row, m.poolIds, []), summaryZh: '说明', ...change };
    return faultOf(publishListing(deps, m.manager, { serviceId: row.id, content, revision: 0, version: row.version }));
  };
  expect(await publish({ poolIds: [other, m.poolIds[1]!] })).toBe('poolIds dates');
  expect(await publish({ poolIds: [other, m.poolIds[0]!] })).toBe('poolIds dates');
  expect(await publish({ unit: 'hour' })).toBe('unit dates');
  expect(await publish({ nameZh: '换了名称', poolIds: [m.poolIds[1]!, m.poolIds[0]!] })).toBe('done');
  expect((await quote()).sessions?.map(({ left }) => left)).toEqual([1]);
  deps.time.now = MONDAY.endAt;
  expect(await publish({ family: 'consulting', unit: 'hour' })).toBe('done');
  expect((await onSale()).sessions).toBeNull();
});

it('is waited for beyond the horizon of other services, and who waits gets the seat that is given back', async () => {
  const deps = await testDeps();
  const { m, add, quote, book } = await course(deps);
  await add({ ...TWO_DAYS, seats: 1 });
  const first = await book(0, 1, TWO_DAYS.startAt);
  const [, waiting] = m.buyers;
  await joinWaitingList(deps, waiting!, { serviceId: m.service.id, quantity: 1, beforeAt: TWO_DAYS.endAt });
  await cancelOrder(deps, m.buyers[0]!, { number: first.number, shownRefund: 0 });
  expect(await offerFreed(deps)).toBe(1);
  expect((await quote()).sessions?.map(({ left }) => left)).toEqual([0]);
  expect(await faultOf(book(2, 1, TWO_DAYS.startAt))).toBe('slot_taken');
  const [kept] = await deps.db.read((q) => q.select().from(slotOffer));
  const taken = await holdSlot(deps, waiting!, formFor(m.service, TWO_DAYS.startAt, { offerId: kept!.id }));
  expect(taken.progress).toBe('held');
  await expectRollupKept(deps, m.poolIds);
});

it('has no date on which its room is closed, nor two at once, nor more seats than there are', async () => {
  const deps = await testDeps();
  const { m, add, quote, book } = await course(deps);
  const at = (from: string, until: string, seats = 4) => add({ startAt: shanghai(from), endAt: shanghai(until), seats });
  expect(await faultOf(at('2026-11-29T09:00', '2026-11-29T12:00'))).toBe('startAt closed');
  expect(await faultOf(at('2026-11-30T08:30', '2026-11-30T12:00'))).toBe('startAt closed');
  expect(await faultOf(at('2026-11-30T09:00', '2026-11-30T12:30'))).toBe('startAt closed');
  expect(await faultOf(at('2026-11-30T09:10', '2026-11-30T12:00'))).toBe('startAt closed');
  expect(await faultOf(at('2026-11-30T12:00', '2026-11-30T09:00'))).toBe('endAt order');
  expect(await faultOf(at('2026-11-30T09:00', '2026-12-09T12:00'))).toBe('endAt long');
  expect(await faultOf(at('2020-11-30T09:00', '2020-11-30T12:00'))).toBe('startAt past');
  expect(await faultOf(add({ ...MONDAY, startAt: Number.NaN }))).toBe('startAt start');
  for (const seats of [0, 7, 1.5, Number.NaN]) expect(await faultOf(add({ ...MONDAY, seats }))).toBe('seats seats');
  await add(MONDAY);
  expect(await faultOf(at('2026-11-30T14:00', '2026-11-30T17:00'))).toBe('startAt twice');
  const scheduler = { ...m.technician, role: 'scheduler' as const };
  expect(await faultOf(addSession(deps, m.technician, { serviceId: m.service.id, ...TWO_DAYS }))).toBe('forbidden');
  expect(await faultOf(addSession(deps, m.buyers[0]!, { serviceId: m.service.id, ...TWO_DAYS }))).toMatch(/forbidden|not_found/);
  await addSession(deps, scheduler, { serviceId: m.service.id, ...TWO_DAYS });
  // A closure takes the date out of sale, not a part of it.
  await addClosure(deps, m.manager, {
    ...{ centreId: m.centreId, poolId: m.poolIds[0]!, resourceId: null, reasonZh: '', reasonEn: '' },
    ...{ fromAt: MONDAY.startAt + 5 * HOUR, untilAt: MONDAY.startAt + 6 * HOUR },
  });
  expect((await quote()).sessions?.map(({ left }) => left)).toEqual([0, 6]);
  expect(await faultOf(book(0, 1))).toBe('slot_closed');
});

it('sells no seat twice to those who ask at once, through two processes', async () => {
  const url = await freshDatabaseUrl();
  const [one, two] = [openDatabase(url), openDatabase(url)];
  try {
    const deps = { ...(await testDeps()), db: one };
    const { m, add } = await course(deps);
    await add({ ...MONDAY, seats: 5 });
    const asked = [1, 2, 1, 2, 1, 2];
    const answers = await Promise.all(
      asked.map((quantity, i) =>
        faultOf(holdSlot({ ...deps, db: i % 2 ? one : two }, m.buyers[i]!, formFor(m.service, MONDAY.startAt, { quantity }))),
      ),
    );
    const sold = asked.reduce((sum, quantity, i) => sum + (answers[i] === 'done' ? quantity : 0), 0);
    expect(new Set(answers)).toEqual(new Set(['done', 'slot_taken']));
    expect(sold).toBeGreaterThanOrEqual(4);
    expect(sold).toBeLessThanOrEqual(5);
    const cells = await one.read((q) => q.select().from(claim).where(eq(claim.holderKind, 'order')));
    expect(new Set(cells.map(({ resourceId }) => resourceId)).size).toBe(sold);
    expect(cells).toHaveLength(sold * 12);
  } finally {
    await one.close();
    await two.close();
  }
});
