import fc from 'fast-check';
import { expect, it } from 'vitest';
import { setStock } from '#app/modules/catalogue/set-stock.server.ts';
import { stockOf } from '#app/modules/catalogue/stock.server.ts';
import { advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { acceptRequest } from '#app/modules/orders/accept-request.server.ts';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { declineRequest } from '#app/modules/orders/decline-request.server.ts';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { HOLD_MS, holdSlot, requestBooking } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { viewBooking } from '#app/read-models/view-booking.server.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';

const NINE = shanghai('2026-11-24T09:00');
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

async function shelf(available: number, options: MarketOptions = {}) {
  const deps = await testDeps();
  const service = { family: 'reference_material' as const, setupMinutes: 5, minutesPerItem: 1, ...options.service };
  const m = await seedMarket(deps.db, { ...options, service });
  await setStock(deps, m.manager, { serviceId: m.service.id, available, shown: 0 });
  const left = () => deps.db.read((q) => stockOf(q, m.service.id));
  const cancel = async (number: string) => {
    const { refund } = await previewCancellation(deps, m.buyers[0]!, number);
    return cancelOrder(deps, m.buyers[0]!, { number, shownRefund: refund });
  };
  return { deps, m, left, cancel };
}

it('sells seven of a material to exactly seven of twenty who want one at the same time', async () => {
  const { deps, m, left } = await shelf(7, { pools: [20], buyers: 20 });
  const answers = await Promise.all(m.buyers.map((buyer) => codeOf(holdSlot(deps, buyer, formFor(m.service, NINE)))));
  expect(answers.filter((answer) => answer === 'done')).toHaveLength(7);
  expect(answers.filter((answer) => answer === 'sold_out')).toHaveLength(13);
  expect(await left()).toBe(0);
  expect(await viewBooking(deps, { slug: m.service.slug, quantity: 1 })).toMatchObject({ kind: 'paused', soldOut: true, until: null });
});

it('takes nothing when the slot is refused, and a form sent twice takes once', async () => {
  const { deps, m, left } = await shelf(10, { pools: [1] });
  const form = formFor(m.service, NINE, { quantity: 3 });
  await Promise.all([holdSlot(deps, m.buyers[0]!, form), holdSlot(deps, m.buyers[0]!, form)]);
  expect(await left()).toBe(7);
  expect(await codeOf(holdSlot(deps, m.buyers[1]!, formFor(m.service, NINE)))).toBe('slot_taken');
  expect(await left()).toBe(7);
  expect(await viewBooking(deps, { slug: m.service.slug, quantity: 9 })).toMatchObject({ quantity: 7, service: { maxQuantity: 7 } });
});

it('is put back once by a cancellation, by the end of a hold and by a refusal, and taken again by money that comes late', async () => {
  const { deps, m, left, cancel } = await shelf(10, { pools: [4] });
  const held = await holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE, { quantity: 4 }));
  await cancel(held.number);
  expect(await codeOf(cancel(held.number))).toBe('transition_refused');
  expect(await left()).toBe(10);
  const late = await holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE, { quantity: 4 }));
  deps.time.now += HOLD_MS + 1;
  await expireHolds(deps, async () => false);
  await expireHolds(deps, async () => false);
  expect(await left()).toBe(10);
  expect(await deps.db.write((tx) => recordPaid(tx, deps, { orderId: late.id, now: deps.time.now }))).toBe('late_booked');
  expect(await left()).toBe(6);
});

it('money that comes late for what is sold out books nothing and leaves its slot free', async () => {
  const { deps, m, left } = await shelf(4, { pools: [2] });
  const late = await holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE, { quantity: 4 }));
  deps.time.now += HOLD_MS + 1;
  await expireHolds(deps, async () => false);
  await holdSlot(deps, m.buyers[1]!, formFor(m.service, NINE, { quantity: 1 }));
  expect(await deps.db.write((tx) => recordPaid(tx, deps, { orderId: late.id, now: deps.time.now }))).toBe('late_no_slot');
  expect(await left()).toBe(3);
});

it('a request takes it too; declined it is put back, dispatched and then cancelled it is not', async () => {
  const { deps, m, left } = await shelf(10, { pools: [2], service: { booking: 'approve' } });
  const declined = await requestBooking(deps, m.buyers[0]!, formFor(m.service, NINE, { quantity: 2 }));
  expect(await left()).toBe(8);
  await declineRequest(deps, m.manager, declined.number, '缺货');
  expect(await left()).toBe(10);
  const { id, number } = await requestBooking(deps, m.buyers[0]!, formFor(m.service, NINE, { quantity: 2 }));
  await acceptRequest(deps, m.manager, number);
  await deps.db.write((tx) => recordPaid(tx, deps, { orderId: id, now: deps.time.now }));
  await advanceOrder(deps, m.manager, { number, event: 'begin', version: 3 });
  const { refund } = await previewCancellation(deps, m.manager, number);
  await cancelOrder(deps, m.manager, { number, reason: '包装破损', shownRefund: refund });
  expect(await left()).toBe(8);
});

it('whatever is booked and cancelled: what is left and what is held is what was there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 5 })), { maxLength: 12 }), async (deeds) => {
      const { deps, m, left, cancel } = await shelf(9, { pools: [12] });
      const open: { number: string; quantity: number }[] = [];
      for (const [books, quantity] of deeds) {
        if (!books && open.length > 0) await cancel(open.pop()!.number);
        else {
          const done = await codeOf(
            holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE, { quantity })).then(({ number }) => open.push({ number, quantity })),
          );
          expect(['done', 'sold_out']).toContain(done);
        }
        const held = open.reduce((sum, one) => sum + one.quantity, 0);
        expect(await left()).toBe(9 - held);
      }
    }),
    { numRuns: 6 },
  );
});

it('is set by the centre alone, never over a sale that came between', async () => {
  const { deps, m, left } = await shelf(5);
  const stranger = await seedMarket(deps.db);
  const set = (actor: typeof m.manager, available: number, shown = 5) =>
    codeOf(setStock(deps, actor, { serviceId: m.service.id, available, shown }));
  expect(await set(stranger.manager, 9)).toBe('not_found');
  expect(await set(m.buyers[0]!, 9)).toBe('not_found');
  expect(await set(m.technician, 9)).toBe('forbidden');
  for (const bad of [-1, 1.5, Number.NaN, 1e9]) expect(await set(m.manager, bad)).toBe('invalid_form');
  await holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE));
  expect(await set(m.manager, 9)).toBe('stale');
  expect(await left()).toBe(4);
  expect(await codeOf(setStock(deps, stranger.manager, { serviceId: stranger.service.id, available: 1, shown: 0 }))).toBe('not_found');
});
