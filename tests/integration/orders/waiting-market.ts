/** A market in which people wait for slots. */
import { eq } from 'drizzle-orm';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { holdSlot } from '#app/modules/orders/hold-slot.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { joinWaitingList } from '#app/modules/orders/offers/join-waiting-list.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { outbox } from '#db/schema/core.ts';
import { orders, slotOffer } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';

/** A booking of eight pieces lasts four and a half hours: one a day, from nine on over lunch. */
export const DAY: MarketOptions['weeklyHours'] = [[[540, 840]], [[540, 840]], [[540, 840]], [[540, 840]], [[540, 840]], [], []];

export const TUESDAY = shanghai('2026-11-24T09:00');

export const WEDNESDAY = shanghai('2026-11-25T09:00');

export const THURSDAY = shanghai('2026-11-26T09:00');

export const HOUR = 3_600_000;

/** One bench, open five hours a day, and bookings that take all five. */
export async function market(options: MarketOptions = {}) {
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

export const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { reason?: string } }) => error.facts?.reason ?? error.code ?? String(error),
  );
