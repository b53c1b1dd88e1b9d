import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { firstBroken } from '#app/core/audit.server.ts';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { holdSlot } from '#app/modules/orders/hold-slot.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { declineOffer, takeOffer } from '#app/modules/orders/offers/answer-offer.server.ts';
import { expireOffers } from '#app/modules/orders/offers/expire-offers.server.ts';
import { forgetEndedOffers } from '#app/modules/orders/offers/forget-ended.server.ts';
import { joinWaitingList, waitForEarlier } from '#app/modules/orders/offers/join-waiting-list.server.ts';
import { leaveWaitingList } from '#app/modules/orders/offers/leave-waiting-list.server.ts';
import { offerFreed } from '#app/modules/orders/offers/offer-freed.server.ts';
import { withdrawMove } from '#app/modules/orders/offers/propose-move.server.ts';
import { listWaiting, viewKeptSlot, viewOrderOffers, waitingByService } from '#app/modules/orders/offers/view-waiting.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { addClosure } from '#app/modules/scheduling/add-closure.server.ts';
import { viewPoolWeek } from '#app/read-models/view-pool-week.server.ts';
import { outbox } from '#db/schema/core.ts';
import { orderEvent, orders, slotOffer, waitingPlace } from '#db/schema/orders.ts';
import { claim, resource } from '#db/schema/scheduling.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';

/** A booking of eight pieces lasts four and a half hours: one a day, from nine on over lunch. */
const DAY: MarketOptions['weeklyHours'] = [[[540, 840]], [[540, 840]], [[540, 840]], [[540, 840]], [[540, 840]], [], []];
const TUESDAY = shanghai('2026-11-24T09:00');
const WEDNESDAY = shanghai('2026-11-25T09:00');
const THURSDAY = shanghai('2026-11-26T09:00');
const HOUR = 3_600_000;

/** One bench, open five hours a day, and bookings that take all five. */
async function market(options: MarketOptions = {}) {
  const deps = await testDeps();
  const { service, ...rest } = options;
  const m = await seedMarket(deps.db, {
    pools: [1],
    buyers: 4,
    weeklyHours: DAY,
    service: { setupMinutes: 270, minutesPerItem: 30, maxQuantity: 1, ...service },
    ...rest,
  });
  const book = async (startAt: number, buyer: number, offerId?: string) => {
    const { id, number } = await holdSlot(deps, m.buyers[buyer]!, { ...formFor(m.service, startAt), offerId });
    await deps.db.write((tx) => recordPaid(tx, { orderId: id, now: deps.time.now }));
    return { id, number };
  };
  const cancel = async (number: string, buyer: number) => {
    const { refund } = await previewCancellation(deps, m.buyers[buyer]!, number);
    await cancelOrder(deps, m.buyers[buyer]!, { number, shownRefund: refund });
  };
  const join = (buyer: number, beforeAt: number) =>
    joinWaitingList(deps, m.buyers[buyer]!, { serviceId: m.service.id, quantity: 1, beforeAt });
  const offers = () => deps.db.read((q) => q.select().from(slotOffer).orderBy(slotOffer.id));
  const open = async () => (await offers()).filter(({ state }) => state === 'open');
  const orderOf = async (id: string) => (await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, id))))[0]!;
  const claimsOf = (id: string) => deps.db.read((q) => q.$count(claim, eq(claim.orderId, id)));
  const mails = async (kind: string) =>
    (await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')))).filter(({ payload }) => payload.kind === kind);
  const move = async (id: string, startAt: number) => {
    const { number, version } = await orderOf(id);
    return moveBooking(deps, m.manager, { number, startAt, version });
  };
  return { deps, m, book, cancel, join, offers, open, orderOf, claimsOf, mails, move };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { reason?: string } }) => error.facts?.reason ?? error.code ?? String(error),
  );

describe('waiting for a slot', () => {
  it('is for buyers, for times that are not free, and not more than three times a service', async () => {
    const { deps, m, book, join } = await market();
    expect(await refusal(join(1, WEDNESDAY))).toBe('still_free');
    await book(TUESDAY, 0);
    const input = { serviceId: m.service.id, quantity: 1, beforeAt: WEDNESDAY };
    expect(await refusal(joinWaitingList(deps, m.manager, input))).toBe('forbidden');
    expect(await refusal(joinWaitingList(deps, m.buyers[1]!, { ...input, serviceId: 'x' }))).toBe('not_found');
    expect(await refusal(joinWaitingList(deps, m.buyers[1]!, { ...input, quantity: 2 }))).toBe('quantity_out_of_range');
    for (const beforeAt of [Number.NaN, deps.time.now, 9e15]) expect(await refusal(join(1, beforeAt))).toBe('out_of_range');
    for (let i = 0; i < 3; i++) await join(1, WEDNESDAY);
    expect(await refusal(join(1, WEDNESDAY))).toBe('too_many');
    expect(await waitingByService(deps, m.manager)).toMatchObject([{ id: m.service.id, count: 3, until: WEDNESDAY }]);
    expect(await waitingByService(deps, (await seedMarket(deps.db)).manager)).toEqual([]);
    const { places } = await listWaiting(deps, m.buyers[1]!);
    expect(await refusal(leaveWaitingList(deps, m.buyers[0]!, places[0]!.id))).toBe('not_found');
    await leaveWaitingList(deps, m.buyers[1]!, places[0]!.id);
    expect((await listWaiting(deps, m.buyers[1]!)).places).toHaveLength(2);
  });

  it('keeps a freed slot for who has waited longest, to book it; then for the next, who came before the first came back', async () => {
    const { deps, m, book, cancel, join, open, claimsOf, mails } = await market();
    const sold = await book(TUESDAY + 7 * 24 * HOUR, 0);
    const early = await book(TUESDAY, 0);
    for (const startAt of [WEDNESDAY, THURSDAY, shanghai('2026-11-27T09:00'), shanghai('2026-11-30T09:00')]) await book(startAt, 3);
    await join(1, THURSDAY);
    deps.time.now += 1000;
    await join(2, THURSDAY);
    expect(await offerFreed(deps)).toBe(0);
    await cancel(early.number, 0);
    expect(await offerFreed(deps)).toBe(1);
    const [first] = await open();
    expect(first).toMatchObject({ buyerId: m.buyers[1]!.organisationId, startAt: TUESDAY, expiresAt: deps.time.now + 4 * HOUR });
    expect((await mails('slot_offered')).map(({ payload }) => payload.facts)).toMatchObject([{ startAt: TUESDAY, before: 0 }]);
    expect(await claimsOf(first!.id)).toBe(10);
    await expectRollupKept(deps, m.poolIds);
    // Nobody else gets it, with the offer's name or without; the centre sees it in its week.
    expect(await refusal(book(TUESDAY, 2))).toBe('slot_taken');
    expect(await refusal(book(TUESDAY, 2, first!.id))).toBe('slot_taken');
    expect(await viewKeptSlot(deps, m.buyers[2]!, first!.id)).toBeNull();
    expect(await viewKeptSlot(deps, m.buyers[1]!, first!.id)).toMatchObject({ startAt: TUESDAY, quantity: 1 });
    const week = await viewPoolWeek(deps, m.manager, { firstDay: '2026-11-23' });
    expect(week.pools[0]!.resources[0]!.bookings[0]).toMatchObject({ progress: 'kept', orderNumber: '', serviceEn: m.service.nameEn });
    expect(await offerFreed(deps)).toBe(0);
    // Not answered: the next in line, and the first behind.
    deps.time.now += 4 * HOUR;
    expect(await expireOffers(deps)).toBe(1);
    expect(await mails('slot_lapsed')).toHaveLength(1);
    expect(await offerFreed(deps)).toBe(1);
    const [second] = await open();
    expect(second).toMatchObject({ buyerId: m.buyers[2]!.organisationId, startAt: TUESDAY });
    const taken = await book(TUESDAY, 2, second!.id);
    expect([await claimsOf(taken.id), await claimsOf(second!.id)]).toEqual([10, 0]);
    expect((await deps.db.read((q) => q.select().from(waitingPlace))).map(({ state }) => state).sort()).toEqual(['taken', 'waiting']);
    await expectRollupKept(deps, m.poolIds);
    expect(sold.id).not.toBe(taken.id);
  });

  it('offers tomorrow where today is free too soon to be answered', async () => {
    const { deps, book, cancel, join, open } = await market({ service: { leadDays: 0, setupMinutes: 30, minutesPerItem: 30 } });
    const hours = [0, 1, 2, 3, 4].map((hour) => hour * HOUR);
    for (let at = shanghai('2026-11-23T10:00'); at < shanghai('2026-11-23T14:00'); at += HOUR) await book(at, 3);
    const tuesday: string[] = [];
    const wednesday: string[] = [];
    for (const hour of hours) {
      tuesday.push((await book(TUESDAY + hour, 0)).number);
      wednesday.push((await book(WEDNESDAY + hour, 2)).number);
    }
    await join(1, THURSDAY);
    deps.time.now = TUESDAY - 10 * 60_000;
    await cancel(tuesday[0]!, 0);
    expect(await offerFreed(deps)).toBe(0);
    await cancel(wednesday[2]!, 2);
    expect(await offerFreed(deps)).toBe(1);
    expect((await open())[0]?.startAt).toBe(WEDNESDAY + 2 * HOUR);
  });

  it('does not offer the same day twice to one who did not want it, and leaves it on sale', async () => {
    const { deps, m, book, cancel, join, open, offers } = await market();
    const early = await book(TUESDAY, 0);
    await join(1, WEDNESDAY);
    await cancel(early.number, 0);
    await offerFreed(deps);
    const [offer] = await open();
    expect(await refusal(declineOffer(deps, m.buyers[2]!, offer!.id))).toBe('not_found');
    expect(await refusal(takeOffer(deps, m.buyers[1]!, offer!.id))).toBe('not_found'); // no booking to move: it is made
    await declineOffer(deps, m.buyers[1]!, offer!.id);
    expect(await refusal(declineOffer(deps, m.buyers[1]!, offer!.id))).toBe('stale');
    expect(await offerFreed(deps)).toBe(0);
    expect(await offers()).toHaveLength(1);
    await book(TUESDAY, 3);
  });

  it('ends with the day it waited for, and with leaving frees what was kept', async () => {
    const { deps, m, book, cancel, join, open, claimsOf } = await market();
    const early = await book(TUESDAY, 0);
    await join(1, WEDNESDAY);
    await cancel(early.number, 0);
    await offerFreed(deps);
    const [offer] = await open();
    await leaveWaitingList(deps, m.buyers[1]!, offer!.waitingId!);
    expect(await claimsOf(offer!.id)).toBe(0);
    await book(TUESDAY, 3);
    await join(2, WEDNESDAY);
    deps.time.now = WEDNESDAY;
    expect(await offerFreed(deps)).toBe(0);
    expect((await listWaiting(deps, m.buyers[2]!)).places).toEqual([]);
  });
});

describe('waiting with a booking', () => {
  it('moves it to the offered time at its price, and what it had goes to the next', async () => {
    const { deps, m, book, cancel, open, orderOf, claimsOf, mails } = await market();
    const early = await book(TUESDAY, 0);
    const middle = await book(WEDNESDAY, 1);
    const late = await book(THURSDAY, 2);
    expect(await refusal(waitForEarlier(deps, m.buyers[0]!, middle.number))).toBe('not_found');
    expect(await refusal(waitForEarlier(deps, m.manager, middle.number))).toBe('not_found');
    await waitForEarlier(deps, m.buyers[1]!, middle.number);
    await waitForEarlier(deps, m.buyers[1]!, middle.number);
    deps.time.now += 1000;
    await waitForEarlier(deps, m.buyers[2]!, late.number);
    expect((await deps.db.read((q) => q.select().from(waitingPlace))).length).toBe(2);
    await cancel(early.number, 0);
    expect(await offerFreed(deps)).toBe(1);
    const [offer] = await open();
    expect((await viewOrderOffers(deps, m.buyers[1]!, middle.id)).earlier).toMatchObject({ id: offer!.id, startAt: TUESDAY });
    expect(await refusal(takeOffer(deps, m.buyers[2]!, offer!.id))).toBe('not_found');
    const { gross } = await orderOf(middle.id);
    expect(await takeOffer(deps, m.buyers[1]!, offer!.id)).toBe(middle.number);
    expect(await orderOf(middle.id)).toMatchObject({ startAt: TUESDAY, gross, progress: 'confirmed' });
    expect([await claimsOf(middle.id), await claimsOf(offer!.id)]).toEqual([10, 0]);
    expect((await mails('centre_order_moved')).map(({ payload }) => payload.facts)).toMatchObject([
      { before: WEDNESDAY, startAt: TUESDAY },
    ]);
    expect(await deps.db.read((q) => firstBroken(q, `order:${middle.id}`))).toBeUndefined();
    expect(await refusal(takeOffer(deps, m.buyers[1]!, offer!.id))).toBe('stale');
    expect(await offerFreed(deps)).toBe(1);
    expect(await viewOrderOffers(deps, m.buyers[0]!, late.id)).toEqual({ place: null, earlier: null, move: null });
    expect((await viewOrderOffers(deps, m.manager, late.id)).earlier).toMatchObject({ startAt: WEDNESDAY });
    expect((await viewOrderOffers(deps, m.buyers[2]!, late.id)).earlier).toMatchObject({ startAt: WEDNESDAY });
    await expectRollupKept(deps, m.poolIds);
  });

  it('is refused where the centre has closed the offered time since, and stays where it was', async () => {
    const { deps, m, book, cancel, open, orderOf, claimsOf } = await market();
    const early = await book(TUESDAY, 0);
    const late = await book(WEDNESDAY, 1);
    await waitForEarlier(deps, m.buyers[1]!, late.number);
    await cancel(early.number, 0);
    await offerFreed(deps);
    const [offer] = await open();
    const span = { centreId: m.centreId, poolId: null, fromAt: TUESDAY, untilAt: TUESDAY + HOUR };
    await addClosure(deps, m.manager, span);
    expect(await refusal(takeOffer(deps, m.buyers[1]!, offer!.id))).toBe('slot_closed');
    expect((await orderOf(late.id)).startAt).toBe(WEDNESDAY);
    expect([await claimsOf(late.id), await claimsOf(offer!.id)]).toEqual([10, 10]);
    await expectRollupKept(deps, m.poolIds);
  });

  it('is forgotten a season after it ended, with its offers; one that waits is not', async () => {
    const { deps, book, cancel, join, offers } = await market();
    const { number } = await book(TUESDAY, 0);
    await join(1, WEDNESDAY);
    await book(WEDNESDAY, 2);
    await join(3, THURSDAY);
    await cancel(number, 0);
    await offerFreed(deps);
    const [offer] = await offers();
    await book(TUESDAY, 1, offer!.id);
    const left = async () => [(await offers()).length, await deps.db.read((q) => q.$count(waitingPlace))];
    deps.time.now += 80 * 24 * HOUR;
    await forgetEndedOffers(deps);
    expect(await left()).toEqual([1, 2]);
    deps.time.now += 20 * 24 * HOUR;
    await forgetEndedOffers(deps);
    expect(await left()).toEqual([0, 1]);
  });

  it('ends with the booking, which takes what was kept for it along', async () => {
    const { deps, m, book, cancel, open } = await market();
    const early = await book(TUESDAY, 0);
    const late = await book(WEDNESDAY, 1);
    await waitForEarlier(deps, m.buyers[1]!, late.number);
    await cancel(early.number, 0);
    await offerFreed(deps);
    expect(await open()).toHaveLength(1);
    await cancel(late.number, 1);
    expect(await open()).toEqual([]);
    expect(await deps.db.read((q) => q.$count(claim))).toBe(0);
    expect((await listWaiting(deps, m.buyers[1]!)).places).toEqual([]);
    expect(await refusal(waitForEarlier(deps, m.buyers[1]!, late.number))).toBe('transition_refused');
  });

  it('is taken once, whether it is taken twice, cancelled or over at the same moment', async () => {
    for (const rival of ['take', 'cancel', 'expire'] as const) {
      const { deps, m, book, cancel, open, orderOf, claimsOf } = await market();
      const early = await book(TUESDAY, 0);
      const late = await book(WEDNESDAY, 1);
      await waitForEarlier(deps, m.buyers[1]!, late.number);
      await cancel(early.number, 0);
      await offerFreed(deps);
      const [offer] = await open();
      if (rival === 'expire') deps.time.now = offer!.expiresAt - 1;
      const at = { ...deps, clock: () => offer!.expiresAt };
      const [taken, other] = await Promise.all([
        refusal(takeOffer(deps, m.buyers[1]!, offer!.id)),
        rival === 'take'
          ? refusal(takeOffer(deps, m.buyers[1]!, offer!.id))
          : rival === 'cancel'
            ? refusal(cancel(late.number, 1))
            : expireOffers(at).then((count) => (count === 0 ? 'stale' : 'none')),
      ]);
      const order = await orderOf(late.id);
      if (rival === 'cancel') expect(['confirmed', 'cancelled']).toContain(order.progress);
      else expect([taken, other].sort()).toEqual(['none', 'stale']);
      expect(await claimsOf(late.id)).toBe(order.progress === 'cancelled' ? 0 : 10);
      expect(await claimsOf(offer!.id)).toBe(0);
      if (order.progress === 'confirmed') expect(order.startAt).toBe(taken === 'none' ? TUESDAY : WEDNESDAY);
      await expectRollupKept(deps, m.poolIds);
    }
  });
});

describe('asking the buyer before a booking moves', () => {
  it('keeps both times until the answer, and moves with it', async () => {
    const { deps, m, book, open, orderOf, claimsOf, mails, move } = await market({ service: { moves: 'ask' } });
    const { id } = await book(TUESDAY, 0);
    expect(await move(id, TUESDAY)).toBe('moved'); // other resources at its time: nothing to ask
    expect(await move(id, WEDNESDAY)).toBe('asked');
    expect((await orderOf(id)).startAt).toBe(TUESDAY);
    const [offer] = await open();
    expect([await claimsOf(id), await claimsOf(offer!.id)]).toEqual([10, 10]);
    expect((await mails('order_move_asked')).map(({ payload }) => payload.facts)).toMatchObject([
      { startAt: TUESDAY, proposed: WEDNESDAY },
    ]);
    expect(await refusal(takeOffer(deps, m.buyers[1]!, offer!.id))).toBe('not_found');
    await takeOffer(deps, m.buyers[0]!, offer!.id);
    expect((await orderOf(id)).startAt).toBe(WEDNESDAY);
    // The buyer's calendar has to follow.
    expect(await mails('order_moved')).toMatchObject([{ payload: { facts: { before: TUESDAY, startAt: WEDNESDAY, agreed: true } } }]);
    const kinds = (await deps.db.read((q) => q.select().from(orderEvent).where(eq(orderEvent.orderId, id)))).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith('move')).sort()).toEqual(['move_asked', 'moved', 'moved']);
    await expectRollupKept(deps, m.poolIds);
  });

  it('goes to the resource the centre chose, and to another of its pool once that one is closed', async () => {
    const { deps, m, book, open, orderOf } = await market({ pools: [3], service: { moves: 'ask' } });
    const [buyer] = m.buyers;
    const resourceId = m.resourceIds[0]?.[2] ?? '';
    const on = async (id: string) => [
      ...new Set((await deps.db.read((q) => q.select().from(claim).where(eq(claim.orderId, id)))).map((row) => row.resourceId)),
    ];
    const ask = async (id: string) => {
      const { number, version } = await orderOf(id);
      await moveBooking(deps, m.manager, { number, startAt: WEDNESDAY, version, resourceId });
      return (await open())[0]?.id ?? '';
    };
    const { id } = await book(TUESDAY, 0);
    await takeOffer(deps, buyer!, await ask(id));
    expect(await on(id)).toEqual([resourceId]);

    const other = await book(TUESDAY, 0);
    const { number, version } = await orderOf(id);
    await moveBooking(deps, m.manager, { number, startAt: WEDNESDAY, version, resourceId: m.resourceIds[0]?.[0] ?? '' });
    const offer = await ask(other.id);
    expect(await on(offer)).toEqual([resourceId]);
    await deps.db.write((tx) => tx.update(resource).set({ active: false }).where(eq(resource.id, resourceId)));
    await takeOffer(deps, buyer!, offer);
    expect(await on(other.id)).toEqual([m.resourceIds[0]?.[1]]);
    await expectRollupKept(deps, m.poolIds);
  });

  it('leaves it where it is when the buyer declines, does not answer, or the centre takes it back', async () => {
    const { deps, m, book, open, orderOf, claimsOf, mails, move } = await market({ service: { moves: 'ask' } });
    const { id, number } = await book(THURSDAY, 0);
    await move(id, WEDNESDAY);
    await declineOffer(deps, m.buyers[0]!, (await open())[0]!.id);
    await move(id, WEDNESDAY);
    expect(await refusal(withdrawMove(deps, m.technician, number))).toBe('forbidden');
    expect(await refusal(withdrawMove(deps, m.buyers[0]!, number))).toBe('not_found');
    await withdrawMove(deps, m.manager, number);
    expect(await refusal(withdrawMove(deps, m.manager, number))).toBe('stale');
    await move(id, WEDNESDAY);
    await move(id, TUESDAY); // asked anew: the other time is free again
    const [offer, ...others] = await open();
    expect(others).toEqual([]);
    deps.time.now = offer!.expiresAt;
    expect(await refusal(takeOffer(deps, m.buyers[0]!, offer!.id))).toBe('stale');
    expect(await expireOffers(deps)).toBe(1);
    expect(await orderOf(id)).toMatchObject({ startAt: THURSDAY, progress: 'confirmed' });
    expect(await claimsOf(id)).toBe(await deps.db.read((q) => q.$count(claim)));
    expect((await mails('centre_move_refused')).map(({ payload }) => (payload.facts as { lapsed: boolean }).lapsed)).toEqual([false, true]);
    expect(await deps.db.read((q) => firstBroken(q, `order:${id}`))).toBeUndefined();
    await expectRollupKept(deps, m.poolIds);
  });
});

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('book' as const), buyer: fc.nat(3), day: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), buyer: fc.nat(3), day: fc.nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom<'cancel' | 'wait' | 'take' | 'decline'>('cancel', 'wait', 'take', 'decline'),
      n: fc.nat(9),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'sweep' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), hours: fc.constantFrom(1, 5) }) },
);

it('claims no cell twice and keeps the order of waiting, whatever is booked, waited for, taken, cancelled and let lapse', async () => {
  const runs = inject('engine') === 'sqlite' ? 20 : 5;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 12 }), async (rounds) => {
      const { deps, m, cancel, join, offers, open, book } = await market();
      const placed: { number: string; buyer: number }[] = [];
      for (const [day, buyer] of [0, 3, 0].entries()) placed.push({ number: (await book(TUESDAY + day * 24 * HOUR, buyer)).number, buyer });
      await join(1, THURSDAY);
      const allowed = ['none', 'slot_taken', 'slot_closed', 'still_free', 'too_many', 'stale', 'not_found', 'transition_refused'];
      const expectAllowed = async (work: Promise<unknown>) => expect([...allowed, 'out_of_range']).toContain(await refusal(work));
      for (const round of rounds) {
        const before = await offers();
        await Promise.all(
          round.map(async (it) => {
            if (it.do === 'sleep') deps.time.now += it.hours * HOUR;
            else if (it.do === 'sweep') {
              await expireHolds(deps, async () => false);
              await expireOffers(deps);
              await offerFreed(deps);
            } else if (it.do === 'book')
              await expectAllowed(
                book(TUESDAY + it.day * 24 * HOUR, it.buyer).then(({ number }) => placed.push({ number, buyer: it.buyer })),
              );
            else if (it.do === 'join') await expectAllowed(join(it.buyer, WEDNESDAY + it.day * 24 * HOUR));
            else if (it.do === 'cancel' || it.do === 'wait') {
              const order = placed[it.n % Math.max(1, placed.length)];
              if (order)
                await expectAllowed(
                  it.do === 'cancel' ? cancel(order.number, order.buyer) : waitForEarlier(deps, m.buyers[order.buyer]!, order.number),
                );
            } else {
              const all = await open();
              const offer = all[it.n % Math.max(1, all.length)];
              const buyer = offer && m.buyers.find(({ organisationId }) => organisationId === offer.buyerId);
              if (buyer) await expectAllowed((it.do === 'take' ? takeOffer : declineOffer)(deps, buyer, offer.id));
            }
          }),
        );
        await expectInOrder(deps, m.poolIds);
        // Alone in its round, a sweep offers a start to nobody while somebody who has waited longer wants it and has not had that day.
        if (round.length === 1 && round[0]!.do === 'sweep') {
          const places = await deps.db.read((q) => q.select().from(waitingPlace));
          const known = await offers();
          for (const made of known.filter(({ id }) => !before.some((one) => one.id === id))) {
            const own = places.find(({ id }) => id === made.waitingId)!;
            const passed = places.filter(
              (place) =>
                place.state === 'waiting' &&
                place.orderId === null &&
                place.updatedAt < own.updatedAt &&
                place.beforeAt > made.startAt &&
                !known.some((one) => one.waitingId === place.id && one.startAt === made.startAt),
            );
            expect(passed).toEqual([]);
          }
        }
      }
    }),
    { numRuns: runs },
  );
});

/** Each live order and each open offer has all its cells, all others none; the rollup agrees. */
async function expectInOrder(deps: Awaited<ReturnType<typeof testDeps>>, poolIds: string[]): Promise<void> {
  const claims = await deps.db.read((q) => q.select().from(claim));
  const live = [
    ...(await deps.db.read((q) => q.select().from(orders))).filter(({ progress }) => progress === 'held' || progress === 'confirmed'),
    ...(await deps.db.read((q) => q.select().from(slotOffer))).filter(({ state }) => state === 'open'),
  ];
  expect(new Set(claims.map((row) => `${row.resourceId} ${row.cell}`)).size).toBe(claims.length);
  for (const { id } of live) expect(claims.filter((row) => row.orderId === id)).toHaveLength(10);
  expect(claims).toHaveLength(live.length * 10);
  for (const place of await deps.db.read((q) => q.select().from(waitingPlace)))
    if (place.state === 'offered')
      expect(await deps.db.read((q) => q.$count(slotOffer, eq(slotOffer.waitingId, place.id)))).toBeGreaterThan(0);
  await expectRollupKept(deps, poolIds);
}
