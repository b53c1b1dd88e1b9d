import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import type { HookFacts } from '#app/core/hooks.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { billedOrders, isPaid } from '#app/modules/orders/billed-orders.server.ts';
import { orderFor } from '#app/modules/orders/order-row.server.ts';
import type { Queries } from '#db/queries.ts';
import { invoiceChoice, invoicedOrder, invoiceTitle } from '#db/schema/invoices.ts';
import { writeRequest } from './write-request.server.ts';

/**
 * Chooses the title of an order that is not paid yet: its invoice is asked for when it is. An empty one takes the choice back.
 * @throws Problem not_found, forbidden; invalid_form {field: title, reason: choose}; stale when it has been paid meanwhile, or has ended
 */
export async function chooseTitle(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { number, title }: { number: string; title: string },
): Promise<void> {
  requireRight(actor, 'invoice.ask');
  await db.write(async (tx) => {
    const { order } = await orderFor(tx, actor, number);
    if (order.progress !== 'held' && order.progress !== 'requested') throw new Problem('stale');
    await tx.delete(invoiceChoice).where(eq(invoiceChoice.orderId, order.id));
    if (title !== '') {
      const [own] = await tx
        .select({ id: invoiceTitle.id })
        .from(invoiceTitle)
        .where(and(eq(invoiceTitle.id, title), eq(invoiceTitle.buyerId, actor.organisationId)));
      if (!own) throw new Problem('invalid_form', { field: 'title', reason: 'choose' });
      await tx.insert(invoiceChoice).values({ orderId: order.id, titleId: own.id, personId: actor.personId });
    }
    const deed = { chain: `order:${order.id}`, actorId: actor.personId, action: 'invoice_title.chosen', data: { title } };
    await audit(tx, deed, clock());
  });
}

/** The order is paid: what was chosen for it becomes a request. */
export async function requestChosen(tx: Queries, { orderId }: HookFacts['orderConfirmed'], now: number): Promise<void> {
  const [chosen] = await tx
    .delete(invoiceChoice)
    .where(eq(invoiceChoice.orderId, orderId))
    .returning({ titleId: invoiceChoice.titleId, personId: invoiceChoice.personId });
  if (!chosen) return;
  const [title] = await tx.select().from(invoiceTitle).where(eq(invoiceTitle.id, chosen.titleId));
  const orders = (await billedOrders(tx, { ids: [orderId] })).filter(isPaid);
  const taken = await tx.select({ orderId: invoicedOrder.orderId }).from(invoicedOrder).where(eq(invoicedOrder.orderId, orderId));
  if (!title || orders.length === 0 || taken.length > 0) return;
  await writeRequest(tx, orders, { personId: chosen.personId, title, note: '', submissionKey: newId() }, now);
}
