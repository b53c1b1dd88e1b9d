import { newId, publicNumber } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import type { BilledOrder } from '#app/modules/orders/billed-orders.server.ts';
import type { Queries } from '#db/queries.ts';
import { invoice, invoicedOrder, type TitleAsked } from '#db/schema/invoices.ts';
import { lineOf, sumsOf } from './invoice-lines.ts';
import { mailCentreOfInvoice } from './invoice-mail.server.ts';
import { auditInvoice, type Invoice } from './invoice-row.server.ts';
import type { OrdersFault } from './request-form.ts';
import { taxClassesOf } from './tax-class-of.server.ts';

type NewRequest = { personId: string; title: TitleAsked; note: string; submissionKey: string };

/**
 * Writes a request down and tells the centre. The orders are of one buyer and one centre, paid, and none on another invoice: the caller has
 * judged that, and what two requests claim at once the table decides.
 * @throws Problem invalid_form {field: orders, reason: orders_already}
 */
export async function writeRequest(tx: Queries, orders: readonly BilledOrder[], asked: NewRequest, now: number): Promise<Invoice> {
  const [first] = orders;
  if (!first) throw new RangeError('an invoice has an order');
  const { buyerId, centreId, currency } = first;
  const classes = await taxClassesOf(tx, centreId);
  const lines = orders.map((order) => lineOf(order, order.gross - order.refunded, classes));
  const { title, ...rest } = asked;
  const { kind, name, taxId, email, address, phone, bank, account } = title;
  const row = { id: newId(), number: publicNumber('FP'), buyerId, centreId, currency, state: 'requested' as const };
  const [made] = await tx
    .insert(invoice)
    .values({
      ...row,
      ...rest,
      title: { kind, name, taxId, email, address, phone, bank, account },
      lines,
      ...sumsOf(lines),
      files: [],
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  if (!made) throw new Error('an invoice was not written');
  for (const { orderId, gross } of lines) await claim(tx, { orderId, invoiceId: made.id, amount: gross });
  const data = { number: made.number, orders: lines.map(({ order }) => order), amount: made.amount, title: name, kind, taxId };
  await auditInvoice(tx, made.id, { action: 'requested', actorId: asked.personId, data }, now, true);
  await mailCentreOfInvoice(tx, made, 'invoice_requested', {}, now);
  return made;
}

async function claim(tx: Queries, row: { orderId: string; invoiceId: string; amount: number }): Promise<void> {
  const taken = await tx.insert(invoicedOrder).values(row).onConflictDoNothing().returning({ orderId: invoicedOrder.orderId });
  if (taken.length === 0) throw new Problem('invalid_form', { field: 'orders', reason: 'orders_already' satisfies OrdersFault });
}
