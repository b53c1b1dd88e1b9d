import { describe, expect, it } from 'vitest';
import { firstBroken } from '#app/core/audit.server.ts';
import { declineOffer, takeOffer } from '#app/modules/orders/offers/answer-offer.server.ts';
import { expireOffers } from '#app/modules/orders/offers/expire-offers.server.ts';
import { forgetEndedOffers } from '#app/modules/orders/offers/forget-ended.server.ts';
import { joinWaitingList, waitForEarlier } from '#app/modules/orders/offers/join-waiting-list.server.ts';
import { leaveWaitingList } from '#app/modules/orders/offers/leave-waiting-list.server.ts';
import { offerFreed } from '#app/modules/orders/offers/offer-freed.server.ts';
import { addClosure } from '#app/modules/scheduling/add-closure.server.ts';
import { viewPoolWeek } from '#app/read-models/view-pool-week.server.ts';
import { listWaiting, viewKeptSlot, viewOrderOffers, waitingByService } from '#app/read-models/view-waiting.server.ts';
import { waitingPlace } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import { seedMarket, shanghai } from '#tests/support/market.ts';
import { HOUR, market, refusal, THURSDAY, TUESDAY, WEDNESDAY } from './waiting-market.ts';

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
