import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { can } from '#app/modules/identity/policy.ts';
import { isPaid } from '#app/modules/orders/billed-orders.server.ts';
import type { Order } from '#app/modules/orders/order-row.server.ts';
import { invoice, invoiceChoice, invoicedOrder, invoiceTitle } from '#db/schema/invoices.ts';
import type { OrderView } from './view-order.server.ts';

type Of = Pick<OrderView, 'id' | 'progress' | 'payment' | 'refunded'> & { bill: { gross: Order['gross'] } };

/** What an order's page says of its invoice, to who may deal with it; for a buyer also what may be done. The order was shown to the actor already. */
export async function viewOrderInvoice({ db }: Pick<Deps, 'db'>, actor: Actor, order: Of) {
  if (!can(actor, 'invoice.ask') && !can(actor, 'invoice.issue')) return null;
  return db.read(async (q) => {
    const [on] = await q
      .select({ number: invoice.number, state: invoice.state, invoiceNumber: invoice.invoiceNumber })
      .from(invoicedOrder)
      .innerJoin(invoice, eq(invoice.id, invoicedOrder.invoiceId))
      .where(eq(invoicedOrder.orderId, order.id));
    const view = {
      on: on ?? null,
      askable: false,
      choosable: false,
      chosen: '',
      titles: [] as { id: string; kind: 'ordinary' | 'special'; name: string; taxId: string }[],
    };
    if (on || !can(actor, 'invoice.ask')) return view;
    if (isPaid({ payment: order.payment, gross: order.bill.gross, refunded: order.refunded })) return { ...view, askable: true };
    if (order.progress !== 'held' && order.progress !== 'requested') return view;
    const titles = await q
      .select({ id: invoiceTitle.id, kind: invoiceTitle.kind, name: invoiceTitle.name, taxId: invoiceTitle.taxId })
      .from(invoiceTitle)
      .where(eq(invoiceTitle.buyerId, actor.organisationId))
      .orderBy(desc(invoiceTitle.createdAt));
    const [choice] = await q.select({ titleId: invoiceChoice.titleId }).from(invoiceChoice).where(eq(invoiceChoice.orderId, order.id));
    return { ...view, choosable: true, chosen: choice?.titleId ?? '', titles };
  });
}
