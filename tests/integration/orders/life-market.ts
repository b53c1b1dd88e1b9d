/** A market whose clock is set, and what an order was refused with. */
import { asc, eq } from 'drizzle-orm';
import { type Advance, advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { outbox } from '#db/schema/core.ts';
import { orders } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';

export const NINE = shanghai('2026-11-26T09:00');

export const HOUR = 3_600_000;

export const nobodyPays = async () => false;

export async function market(options: MarketOptions = {}) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, options);
  const [buyer, other] = m.buyers;
  if (!buyer || !other) throw new Error('two buyers');
  const pay = (orderId: string) => deps.db.write((tx) => recordPaid(tx, deps, { orderId, now: deps.time.now }));
  const hold = () => holdSlot(deps, buyer, formFor(m.service, NINE));
  const stateOf = async (orderId: string) => (await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, orderId))))[0];
  const cells = () => deps.db.read((q) => q.$count(claim));
  const mails = async () => {
    const rows = await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')).orderBy(asc(outbox.createdAt)));
    return rows.map((row) => String(row.payload.kind)).sort();
  };
  const advance = async (number: string, event: Advance, actor = m.technician) => {
    const { version } = await viewOrder(deps, actor, number);
    return advanceOrder(deps, actor, { number, event, version });
  };
  return { deps, m, buyer, other, pay, hold, stateOf, cells, mails, advance };
}

export const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => 'no refusal',
    (error: { code?: string }) => error.code ?? String(error),
  );
