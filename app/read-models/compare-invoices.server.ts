import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { compareInvoice } from '#app/modules/invoices/compare-invoice.ts';
import { sumOf } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { invoice, invoicedOrder, redLetter } from '#db/schema/invoices.ts';
import { orders } from '#db/schema/orders.ts';
import { beyond, pageOf } from './pages.ts';

const PER_PAGE = 50;

/** What the red letters of an invoice take back, and what the centre kept of its orders; spelled out, as in waiting-letters.ts. */
const issuedRed = sql`(select coalesce(sum(r.amount), 0) from red_letter r where r.invoice_id = ${invoice.id} and r.state = 'issued')`;
const openRed = sql`exists (select 1 from red_letter r where r.invoice_id = ${invoice.id} and r.state in ('raised', 'confirmed'))`;
const kept = sql`(select coalesce(sum(o.gross - o.refunded), 0) from invoiced_order p join orders o on o.id = p.order_id where p.invoice_id = ${invoice.id})`;
const differing = sql`(${invoice.amount} - ${issuedRed} <> ${kept} or ${openRed})`;

/**
 * The issued invoices of the actor's centre beside their refunds and red letters, newest first: those that differ, or all.
 * @throws Problem not_found, forbidden
 */
export async function compareInvoices(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  { all = false, cursor = '' }: { all?: boolean; cursor?: string } = {},
) {
  requireRight(actor, 'invoice.issue');
  return db.read(async (q) => {
    const own = await q
      .select({ id: centre.id, timeZone: centre.timeZone })
      .from(centre)
      .where(eq(centre.organisationId, actor.organisationId));
    const tenant = inArray(
      invoice.centreId,
      own.map(({ id }) => id),
    );
    const rows = await q
      .select({
        id: invoice.id,
        number: invoice.number,
        invoiceNumber: invoice.invoiceNumber,
        issuedOn: invoice.issuedOn,
        amount: invoice.amount,
        createdAt: invoice.createdAt,
        buyer: { nameZh: organisation.nameZh, nameEn: organisation.nameEn },
      })
      .from(invoice)
      .innerJoin(organisation, eq(organisation.id, invoice.buyerId))
      .where(and(tenant, eq(invoice.state, 'issued'), all ? undefined : differing, beyond(cursor, invoice.createdAt, invoice.id)))
      .orderBy(desc(invoice.createdAt), desc(invoice.id))
      .limit(PER_PAGE + 1);
    const { shown, nextCursor } = pageOf(rows, PER_PAGE, ({ createdAt }) => createdAt);
    const ids = shown.map(({ id }) => id);
    const sums = await q
      .select({ invoiceId: invoicedOrder.invoiceId, paid: sumOf(orders.gross), refunded: sumOf(orders.refunded) })
      .from(invoicedOrder)
      .innerJoin(orders, eq(orders.id, invoicedOrder.orderId))
      .where(inArray(invoicedOrder.invoiceId, ids))
      .groupBy(invoicedOrder.invoiceId);
    const letters = await q
      .select({ invoiceId: redLetter.invoiceId, state: redLetter.state, reason: redLetter.reason, amount: redLetter.amount })
      .from(redLetter)
      .where(inArray(redLetter.invoiceId, ids))
      .orderBy(redLetter.raisedAt);
    return {
      rows: shown.map(({ id, ...row }) => {
        const { paid = 0, refunded = 0 } = sums.find(({ invoiceId }) => invoiceId === id) ?? {};
        const own = letters.filter(({ invoiceId }) => invoiceId === id);
        return { ...row, refunded, ...compareInvoice({ state: 'issued', invoiced: row.amount, paid, refunded, letters: own }) };
      }),
      timeZone: own[0]?.timeZone ?? 'Asia/Shanghai',
      nextCursor,
    };
  });
}
