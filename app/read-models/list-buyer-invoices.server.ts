import { and, desc, eq, gt, inArray, notExists, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { invoice, invoicedOrder, invoiceTitle } from '#db/schema/invoices.ts';
import { orders } from '#db/schema/orders.ts';
import { beyond, pageOf } from './pages.ts';
import { waitingLetters } from './waiting-letters.ts';

/** Orders offered for a request at once, the newest; more come up when these are invoiced. */
const MOST_OFFERED = 100;
const PER_PAGE = 25;

/**
 * What a buyer sees of its invoices: those asked for, newest first, the orders that may be, and the titles. Four statements, however many rows.
 * @throws Problem not_found, forbidden
 */
export async function listBuyerInvoices({ db }: Pick<Deps, 'db'>, actor: Actor, cursor = '') {
  requireRight(actor, 'invoice.ask');
  const buyerId = actor.organisationId;
  return db.read(async (q) => {
    const rows = await q
      .select({
        id: invoice.id,
        number: invoice.number,
        state: invoice.state,
        titleName: sql<string>`${invoice.title} ->> 'name'`,
        kind: sql<'ordinary' | 'special'>`${invoice.title} ->> 'kind'`,
        amount: invoice.amount,
        invoiceNumber: invoice.invoiceNumber,
        createdAt: invoice.createdAt,
        timeZone: centre.timeZone,
        centre: { nameZh: centre.nameZh, nameEn: centre.nameEn },
        letters: waitingLetters(),
      })
      .from(invoice)
      .innerJoin(centre, eq(centre.id, invoice.centreId))
      .where(and(eq(invoice.buyerId, buyerId), beyond(cursor, invoice.createdAt, invoice.id)))
      .orderBy(desc(invoice.createdAt), desc(invoice.id))
      .limit(PER_PAGE + 1);
    const { shown, nextCursor } = pageOf(rows, PER_PAGE, ({ createdAt }) => createdAt);
    const titles = await q
      .select()
      .from(invoiceTitle)
      .where(eq(invoiceTitle.buyerId, buyerId))
      .orderBy(invoiceTitle.createdAt, invoiceTitle.id);
    const offered = await offeredOrders(q, buyerId);
    return {
      invoices: shown,
      nextCursor,
      titles,
      offered: offered.slice(0, MOST_OFFERED),
      more: offered.length > MOST_OFFERED,
    };
  });
}

/** Paid, not given back whole, and on no invoice. */
const offeredOrders = (q: Queries, buyerId: string) =>
  q
    .select({
      number: orders.number,
      service: { nameZh: sql<string>`${orders.snapshot} ->> 'nameZh'`, nameEn: sql<string>`${orders.snapshot} ->> 'nameEn'` },
      left: sql<number>`${orders.gross} - ${orders.refunded}`.mapWith(Number),
      refunded: orders.refunded,
      startAt: orders.startAt,
      timeZone: orders.timeZone,
      centreId: orders.centreId,
      centre: { nameZh: centre.nameZh, nameEn: centre.nameEn },
    })
    .from(orders)
    .innerJoin(centre, eq(centre.id, orders.centreId))
    .where(
      and(
        eq(orders.buyerId, buyerId),
        inArray(orders.payment, ['paid', 'part_refunded']),
        gt(orders.gross, orders.refunded),
        notExists(q.select({ one: sql`1` }).from(invoicedOrder).where(eq(invoicedOrder.orderId, orders.id))),
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(MOST_OFFERED + 1);
