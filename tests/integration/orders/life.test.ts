import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { firstBroken } from '#app/core/audit.server.ts';
import { advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { acceptRequest } from '#app/modules/orders/accept-request.server.ts';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { declineRequest } from '#app/modules/orders/decline-request.server.ts';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { expireRequests } from '#app/modules/orders/expire-requests.server.ts';
import { HOLD_MS, holdSlot, requestBooking } from '#app/modules/orders/place-order.server.ts';
import { listBuyerOrders } from '#app/read-models/list-buyer-orders.server.ts';
import { listCentreOrders } from '#app/read-models/list-centre-orders.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { outbox } from '#db/schema/core.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';
import { HOUR, market, NINE, nobodyPays, refusal } from './life-market.ts';

describe('an order', () => {
  it('goes from hold to close, with a mail and a line at each station', async () => {
    const { deps, m, buyer, pay, hold, mails, advance } = await market();
    const { id, number } = await hold();
    expect(await pay(id)).toBe('booked');
    expect(await pay(id)).toBe('already');
    for (const event of ['receive', 'begin', 'report', 'close'] as const) await advance(number, event);
    const view = await viewOrder(deps, buyer, number);
    expect(view).toMatchObject({ progress: 'closed', payment: 'paid' });
    expect(view.steps.every((step) => step.state === 'done' && step.at !== null)).toBe(true);
    expect(view.events.map((e) => e.kind)).toEqual(['held', 'paid', 'received', 'in_service', 'reported', 'closed']);
    expect(await mails()).toEqual(['centre_new_order', 'order_confirmed', ...Array(4).fill('order_progress')]);
    expect(await deps.db.read((q) => firstBroken(q, `order:${id}`))).toBeUndefined();
    expect((await viewOrder(deps, m.manager, number)).actions.filter((a) => a.possible)).toEqual([]);
  });

  it('does not skip stations, nor move twice when two people press at once', async () => {
    const { deps, m, pay, hold, advance } = await market();
    const { id, number } = await hold();
    expect(await refusal(advance(number, 'receive'))).toBe('transition_refused');
    await pay(id);
    expect(await refusal(advance(number, 'report'))).toBe('transition_refused');
    const { version } = await viewOrder(deps, m.manager, number);
    const both = await Promise.all([1, 2].map(() => refusal(advanceOrder(deps, m.manager, { number, event: 'receive', version }))));
    expect(both.filter((answer) => answer === 'no refusal')).toHaveLength(1);
    await expect(advanceOrder(deps, m.manager, { number, event: 'begin', version })).rejects.toMatchObject({ code: 'stale' });
  });

  it('is nobody else’s: strangers and the wrong side find nothing', async () => {
    const { deps, m, buyer, other, pay, hold } = await market();
    const stranger = await seedMarket(deps.db);
    const { id, number } = await hold();
    await pay(id);
    for (const who of [
      other,
      stranger.manager,
      { ...buyer, organisationKind: 'centre' as const },
      { ...m.manager, organisationKind: 'park' as const },
    ]) {
      expect(await refusal(viewOrder(deps, who, number))).toBe('not_found');
      expect(await refusal(previewCancellation(deps, who, number))).toBe('not_found');
      expect(await refusal(cancelOrder(deps, who, { number, reason: 'x', shownRefund: 0 }))).toBe('not_found');
      expect(await refusal(advanceOrder(deps, who, { number, event: 'receive', version: 2 }))).toBe('not_found');
    }
    expect(await refusal(advanceOrder(deps, buyer, { number, event: 'receive', version: 2 }))).toBe('not_found');
    expect((await listBuyerOrders(deps, other)).orders).toEqual([]);
    expect((await listCentreOrders(deps, stranger.manager)).orders).toEqual([]);
    expect((await listBuyerOrders(deps, buyer)).orders.map((o) => o.number)).toEqual([number]);
    expect(await refusal(listCentreOrders(deps, buyer))).toBe('not_found');
  });
});

describe('approve-first services', () => {
  // Open hours: six on Monday, seven on Tuesday, the first of Wednesday; by the clock 48.
  const APPROVE = { service: { booking: 'approve', answerHours: 14 } } as const;
  const asked = async () => {
    const all = await market(APPROVE);
    return { ...all, request: await requestBooking(all.deps, all.buyer, formFor(all.m.service, NINE)) };
  };

  it('keep the slot while the centre decides, then hold it until it is paid', async () => {
    const { deps, m, other, request, pay, mails } = await asked();
    expect(request).toMatchObject({ progress: 'requested', decisionDueAt: deps.time.now + 48 * HOUR });
    expect(await refusal(holdSlot(deps, other, formFor(m.service, NINE)))).toBe('stale');
    expect(await refusal(requestBooking(deps, other, formFor(m.service, NINE)))).toBe('slot_taken');
    await acceptRequest(deps, m.manager, request.number);
    const view = await viewOrder(deps, m.manager, request.number);
    expect(view).toMatchObject({ progress: 'held', holdExpiresAt: deps.time.now + 24 * HOUR, decisionDueAt: null });
    expect(await refusal(acceptRequest(deps, m.manager, request.number))).toBe('transition_refused');
    expect(await pay(request.id)).toBe('booked');
    expect(await mails()).toEqual(['centre_new_order', 'centre_new_order', 'order_accepted', 'order_confirmed', 'order_requested']);
  });

  it('free the slot when the centre declines, which it does with a reason', async () => {
    const { deps, m, buyer, request, cells } = await asked();
    expect(await refusal(declineRequest(deps, m.manager, request.number, ' '))).toBe('invalid_form');
    expect(await refusal(declineRequest(deps, buyer, request.number, 'no'))).toBe('not_found');
    await declineRequest(deps, m.manager, request.number, '标准器送检 🙏');
    expect(await viewOrder(deps, buyer, request.number)).toMatchObject({ progress: 'declined', reason: '标准器送检 🙏' });
    expect(await cells()).toBe(0);
  });

  it('are answered in time or not at all', async () => {
    const { deps, m, request, cells, stateOf } = await asked();
    deps.time.now += 48 * HOUR - 1;
    expect(await expireRequests(deps)).toBe(0);
    deps.time.now += 1;
    expect(await refusal(acceptRequest(deps, m.manager, request.number))).toBe('transition_refused');
    expect(await expireRequests(deps)).toBe(1);
    expect((await stateOf(request.id))?.progress).toBe('expired');
    expect(await cells()).toBe(0);
    expect(await expireRequests(deps)).toBe(0);
  });

  it('ask for an answer before the slot begins', async () => {
    const { deps, m, buyer } = await market({ service: { booking: 'approve', answerHours: 500 } });
    expect((await requestBooking(deps, buyer, formFor(m.service, NINE))).decisionDueAt).toBe(NINE);
  });

  it('are accepted or declined, never both', async () => {
    const { deps, m, request, stateOf, cells } = await asked();
    expect(await refusal(acceptRequest(deps, m.technician, request.number))).toBe('forbidden');
    expect(await refusal(declineRequest(deps, m.technician, request.number, 'full'))).toBe('forbidden');
    const answers = await Promise.all([
      refusal(acceptRequest(deps, m.manager, request.number)),
      refusal(declineRequest(deps, { ...m.manager, role: 'scheduler' }, request.number, 'full')),
    ]);
    expect(answers.sort()).toEqual(['no refusal', 'transition_refused']);
    const progress = (await stateOf(request.id))?.progress;
    expect(await cells()).toBe(progress === 'held' ? 2 : 0);
  });
});

describe('a hold that is not paid', () => {
  it('ends at its minute and frees the slot for others', async () => {
    const { deps, m, other, hold, cells, mails } = await market();
    await hold();
    deps.time.now += HOLD_MS - 1;
    expect(await expireHolds(deps, nobodyPays)).toBe(0);
    deps.time.now += 1;
    expect(await expireHolds(deps, nobodyPays)).toBe(1);
    expect(await cells()).toBe(0);
    expect(await mails()).toEqual(['order_expired']);
    await holdSlot(deps, other, formFor(m.service, NINE));
  });

  it('stays while money is under way or the gateway does not answer', async () => {
    const { deps, hold, stateOf } = await market();
    const { id } = await hold();
    deps.time.now += HOLD_MS;
    expect(await expireHolds(deps, async () => true)).toBe(0);
    expect(await expireHolds(deps, () => Promise.reject(new Error('gateway down')))).toBe(0);
    expect((await stateOf(id))?.progress).toBe('held');
  });

  it('paid late gets its slot back if it is free, else the money goes back', async () => {
    const { deps, m, other, hold, pay, stateOf, cells, mails } = await market();
    const first = await hold();
    deps.time.now += HOLD_MS;
    await expireHolds(deps, nobodyPays);
    expect(await pay(first.id)).toBe('late_booked');
    expect(await stateOf(first.id)).toMatchObject({ progress: 'confirmed', payment: 'paid' });
    expect(await cells()).toBe(2);
    const second = await holdSlot(deps, other, formFor(m.service, shanghai('2026-11-26T10:00')));
    deps.time.now += HOLD_MS;
    await expireHolds(deps, nobodyPays);
    await holdSlot(deps, other, formFor(m.service, shanghai('2026-11-26T10:30')));
    expect(await pay(second.id)).toBe('late_no_slot');
    expect(await pay(second.id)).toBe('already');
    expect(await stateOf(second.id)).toMatchObject({ progress: 'expired', payment: 'paid' });
    expect(await mails()).toContain('payment_late_refunded');
  });

  it('either expires or is paid when both come at the same instant, and is booked in the end', async () => {
    const { deps, hold, pay, stateOf, cells } = await market();
    const { id } = await hold();
    deps.time.now += HOLD_MS;
    const [, outcome] = await Promise.all([expireHolds(deps, nobodyPays), pay(id)]);
    expect(['booked', 'late_booked']).toContain(outcome);
    expect((await stateOf(id))?.progress).toBe('confirmed');
    expect(await cells()).toBe(2);
  });
});

describe('cancelling', () => {
  it('gives the buyer what the policy says and what was shown first', async () => {
    const { deps, buyer, hold, pay, cells, stateOf } = await market();
    const { id, number } = await hold();
    await pay(id);
    expect(await previewCancellation(deps, buyer, number)).toEqual({ refund: 68_900, why: 'in_time' });
    deps.time.now = NINE - 48 * HOUR + 1;
    // The hour passed while the page was open: nothing is cancelled on old terms.
    expect(await refusal(cancelOrder(deps, buyer, { number, shownRefund: 68_900 }))).toBe('stale');
    expect(await previewCancellation(deps, buyer, number)).toEqual({ refund: 34_450, why: 'late' });
    expect(await cancelOrder(deps, buyer, { number, shownRefund: 34_450 })).toEqual({ refund: 34_450 });
    expect(await cells()).toBe(0);
    const [effect] = await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'refund')));
    expect(effect?.payload).toEqual({ orderId: id, amount: 34_450, reason: 'cancelled_by_buyer' });
    expect(await refusal(cancelOrder(deps, buyer, { number, shownRefund: 34_450 }))).toBe('transition_refused');
    expect(await stateOf(id)).toMatchObject({ progress: 'cancelled', payment: 'paid' });
  });

  it('by the centre gives all back until the report, with a reason', async () => {
    const { deps, m, hold, pay, advance, mails } = await market();
    const { id, number } = await hold();
    await pay(id);
    await advance(number, 'begin');
    deps.time.now = NINE + HOUR;
    expect(await refusal(cancelOrder(deps, m.manager, { number, shownRefund: 68_900 }))).toBe('invalid_form');
    expect(await cancelOrder(deps, m.manager, { number, reason: '设备故障', shownRefund: 68_900 })).toEqual({ refund: 68_900 });
    expect(await mails()).toContain('order_cancelled');
  });

  it('is over for the buyer once the work has begun, and for both once it is reported', async () => {
    const { deps, m, buyer, hold, pay, advance } = await market();
    const { id, number } = await hold();
    await pay(id);
    await advance(number, 'begin');
    expect(await refusal(previewCancellation(deps, buyer, number))).toBe('transition_refused');
    await advance(number, 'report');
    expect(await refusal(cancelOrder(deps, m.manager, { number, reason: 'x', shownRefund: 68_900 }))).toBe('transition_refused');
  });

  it('and paying at the same instant end in one truth: booked and cancelled with a refund, or cancelled with money to give back', async () => {
    const { deps, buyer, hold, pay, stateOf, cells } = await market();
    const { id, number } = await hold();
    const [cancelled, outcome] = await Promise.all([refusal(cancelOrder(deps, buyer, { number, shownRefund: 0 })), pay(id)]);
    const order = await stateOf(id);
    if (cancelled === 'no refusal') {
      expect(outcome).toBe('late_no_slot');
      expect(order).toMatchObject({ progress: 'cancelled', payment: 'paid' });
      expect(await cells()).toBe(0);
    } else {
      // Paid first: the refund shown (nothing) is no longer true, so the buyer is asked again.
      expect([cancelled, outcome]).toEqual(['stale', 'booked']);
      expect(await cells()).toBe(2);
    }
  });
});
