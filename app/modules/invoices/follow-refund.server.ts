import { and, eq, gt, sql } from 'drizzle-orm';
import type { HookFacts } from '#app/core/hooks.ts';
import type { Queries } from '#db/queries.ts';
import { invoicedOrder } from '#db/schema/invoices.ts';
import { mailCentreOfInvoice } from './invoice-mail.server.ts';
import { changeInvoice, changeRedLetter, freeOrders, invoiceById, lettersOf, ordersOf } from './invoice-row.server.ts';
import { raiseForRefund } from './raise-for-refund.server.ts';

/** Money of an order went back: what is asked for becomes less, what is issued gets a red letter. */
export async function followRefund(tx: Queries, { orderId, refundId, amount }: HookFacts['orderRefunded'], now: number): Promise<void> {
  const [part] = await tx.select().from(invoicedOrder).where(eq(invoicedOrder.orderId, orderId));
  if (!part) return;
  const { row } = await invoiceById(tx, part.invoiceId);
  if (row.state === 'issued') return raiseForRefund(tx, row, { orderId, refundId, amount }, now);
  await tx
    .update(invoicedOrder)
    .set({ reduced: Math.min(part.amount, part.reduced + amount) })
    .where(eq(invoicedOrder.orderId, orderId));
  const left = (await ordersOf(tx, row.id)).reduce((sum, one) => sum + one.amount - one.reduced, 0);
  const deed = { actorId: null, data: { order: orderId, refund: refundId, amount } };
  if (left > 0) return void (await changeInvoice(tx, row, {}, { action: 'reduced', ...deed }, now));
  const ended = await changeInvoice(tx, row, { state: 'withdrawn' }, { action: 'withdrawn', ...deed }, now);
  await freeOrders(tx, row.id);
  await mailCentreOfInvoice(tx, ended, 'invoice_withdrawn', { refunded: true }, now);
}

/** A refund that was done came back to us: what it had changed is as it was, unless the tax authority has it already. */
export async function followFailedRefund(
  tx: Queries,
  { orderId, refundId, amount }: HookFacts['refundCameBack'],
  now: number,
): Promise<void> {
  const [part] = await tx.select().from(invoicedOrder).where(eq(invoicedOrder.orderId, orderId));
  if (!part) return;
  const { row } = await invoiceById(tx, part.invoiceId);
  if (row.state === 'requested') {
    await tx
      .update(invoicedOrder)
      .set({ reduced: sql`${invoicedOrder.reduced} - ${amount}` })
      .where(and(eq(invoicedOrder.orderId, orderId), gt(invoicedOrder.reduced, amount - 1)));
    const deed = { action: 'restored', actorId: null, data: { order: orderId, refund: refundId, amount } };
    await changeInvoice(tx, row, {}, deed, now);
    return;
  }
  for (const letter of await lettersOf(tx, row.id))
    if (letter.refundId === refundId && letter.state === 'raised')
      await changeRedLetter(tx, letter, { state: 'withdrawn' }, { action: 'red_letter_withdrawn', actorId: null }, now);
}
