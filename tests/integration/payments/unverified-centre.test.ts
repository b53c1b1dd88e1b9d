/** A centre takes another name while a checkout is open: it may be paid all the same, and takes no money. */
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { handedDown } from '#app/http/handed-down.ts';
import { saveCentre, viewProfile } from '#app/modules/centres/save-centre.server.ts';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { landPayment } from '#app/modules/payments/land-payment.server.ts';
import { reconcile } from '#app/modules/payments/reconcile.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { centre } from '#db/schema/centres.ts';
import { claim } from '#db/schema/scheduling.ts';
import {
  balancesOf,
  buyerOf,
  checkout,
  expectBalanced,
  hold,
  MINUTE,
  mailKinds,
  openTill,
  orderRow,
  press,
  refundsOf,
  settled,
  sweep,
  type Till,
  timelineOf,
} from './till.ts';

const rename = async ({ deps, market }: Till, nameZh: string, nameEn: string) =>
  saveCentre({ ...deps, ...handedDown }, market.manager, {
    ...(await viewProfile(deps, market.manager)).profile,
    nameZh,
    nameEn,
  });
const renamed = (till: Till) => rename(till, '改了的名称', 'Another name');
const verifiedAgain = ({ deps, market }: Till) =>
  deps.db.write((tx) => tx.update(centre).set({ verifiedAt: deps.time.now }).where(eq(centre.id, market.centreId)));
const payState = async (till: Till, number: string) =>
  (await viewOrder(till.deps, buyerOf(till), number)).actions.find(({ action }) => action === 'pay');
const claims = ({ deps }: Till) => deps.db.read((q) => q.select().from(claim));

/** All the money is back with the buyer, nothing is booked, the slot is free. */
async function givenBack(till: Till, orderId: string, progress: 'cancelled' | 'expired') {
  till.emulator.settle();
  await settled(till);
  const { gross } = await orderRow(till, orderId);
  expect(await orderRow(till, orderId)).toMatchObject({ progress, payment: 'refunded', refunded: gross });
  expect(await refundsOf(till, orderId)).toMatchObject([{ amount: gross, reason: 'centre_unverified', state: 'succeeded' }]);
  expect(await claims(till)).toEqual([]);
  expect(await balancesOf(till)).toEqual({});
  await expectBalanced(till);
}

describe('an order of a centre that was renamed since', () => {
  it('says that paying must wait, and for what; it can be paid once the centre is verified again, or has its name back', async () => {
    const till = await openTill();
    const order = await hold(till);
    expect(await payState(till, order.number)).toEqual({ action: 'pay', possible: true });
    await renamed(till);
    expect(await payState(till, order.number)).toEqual({ action: 'pay', possible: false, why: 'centre_unverified' });
    await expect(press(till, order)).rejects.toMatchObject({ code: 'centre_unverified' });
    await rename(till, '示范中心', 'Demo Centre');
    expect(await payState(till, order.number)).toMatchObject({ possible: true });
    await renamed(till);
    await verifiedAgain(till);
    till.emulator.pay(await checkout(till, order));
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid' });
  });

  it('paid at a checkout that was open: all of it goes back, the slot is free, both are told', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    await renamed(till);
    till.emulator.pay(session);
    await settled(till);
    expect(await landPayment(till.deps, { actor: buyerOf(till), number: order.number, session })).toBe('paid');
    await givenBack(till, order.id, 'cancelled');
    expect(await mailKinds(till)).toEqual(['payment_unverified_refunded', 'centre_payment_returned', 'refund_done']);
    expect(await timelineOf(till, order.id)).toEqual(['held', 'paid_unverified', 'refunded']);
    // Verified later, the ended order stays ended; the slot is sold to whoever comes.
    await verifiedAgain(till);
    const next = await hold(till, { buyer: buyerOf(till, 1) });
    expect(await orderRow(till, next.id)).toMatchObject({ progress: 'held' });
  });

  it('found by the reconciliation alone, it ends the same', async () => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order));
    await renamed(till);
    await reconcile(till.deps);
    await settled(till);
    await reconcile(till.deps);
    await givenBack(till, order.id, 'cancelled');
  });

  it('paid late, after its hold had ended: it is not booked anew', async () => {
    const till = await openTill({ asyncDelayMs: 24 * 60 * MINUTE });
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order), 'alipay', 'later_succeed');
    await settled(till);
    await renamed(till);
    till.deps.time.now += 120 * MINUTE;
    await sweep(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'expired' });
    till.emulator.settle();
    await settled(till);
    await givenBack(till, order.id, 'expired');
  });

  it('paid after the buyer had cancelled, it goes back as it always does', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    await renamed(till);
    await cancelOrder(till.deps, buyerOf(till), { number: order.number, shownRefund: 0 });
    till.emulator.pay(session);
    await settled(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ reason: 'late_no_slot' }]);
  });

  it('paid before, it is booked and stays so', async () => {
    const till = await openTill();
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order));
    await settled(till);
    await renamed(till);
    await reconcile(till.deps);
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid' });
    expect(await refundsOf(till, order.id)).toEqual([]);
  });
});
