import { asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { compareInvoice } from '#app/modules/invoices/compare-invoice.ts';
import { invoiceFor } from '#app/modules/invoices/invoice-row.server.ts';
import { isLive, isWaiting, lapsesAt, leftToTakeBack, nextRedLetterState } from '#app/modules/invoices/red-letter-machine.ts';
import { centre } from '#db/schema/centres.ts';
import { organisation, person } from '#db/schema/identity.ts';
import { invoicedOrder, redLetter } from '#db/schema/invoices.ts';
import { orders } from '#db/schema/orders.ts';

/**
 * An invoice as one of its two parties sees it, with its red letters and what may be done with each now.
 * @throws Problem not_found for everybody else, forbidden
 */
export async function viewInvoice({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string) {
  return db.read(async (q) => {
    const { row, side, zone } = await invoiceFor(q, actor, number);
    const now = clock();
    const [around] = await q
      .select({
        centre: { nameZh: centre.nameZh, nameEn: centre.nameEn, slug: centre.slug },
        buyer: { nameZh: organisation.nameZh, nameEn: organisation.nameEn },
        person: person.name,
      })
      .from(centre)
      .innerJoin(organisation, eq(organisation.id, row.buyerId))
      .innerJoin(person, eq(person.id, row.personId))
      .where(eq(centre.id, row.centreId));
    const parts = await q.select().from(invoicedOrder).where(eq(invoicedOrder.invoiceId, row.id));
    const ids = row.lines.map(({ orderId }) => orderId);
    const sums = await q.select({ gross: orders.gross, refunded: orders.refunded }).from(orders).where(inArray(orders.id, ids));
    const letters = await q
      .select()
      .from(redLetter)
      .where(eq(redLetter.invoiceId, row.id))
      .orderBy(asc(redLetter.raisedAt), asc(redLetter.id));
    const orderNumbers = new Map(row.lines.map(({ orderId, order }) => [orderId, order]));
    const reduced = parts.reduce((sum, part) => sum + part.reduced, 0);
    const total = (of: 'gross' | 'refunded') => sums.reduce((sum, one) => sum + one[of], 0);
    const raisedSince = (letter: (typeof letters)[number]) =>
      letters.some(
        (one) => isLive(one) && one.raisedAt >= letter.raisedAt && one.orderId === letter.orderId && one.refundId === letter.refundId,
      );
    const left = leftToTakeBack(row.amount, letters);
    const may = (letter: (typeof letters)[number], event: 'confirm' | 'withdraw' | 'issue') =>
      nextRedLetterState(letter, event, now) !== null;
    return {
      side,
      number: row.number,
      state: row.state,
      title: row.title,
      note: row.note,
      lines: row.lines,
      amount: row.amount,
      tax: row.tax,
      /** Given back since it was asked for; what is to be issued now is less by it. */
      reduced,
      due: row.amount - reduced,
      reason: row.reason,
      invoiceNumber: row.invoiceNumber,
      issuedOn: row.issuedOn,
      usedAt: row.usedAt,
      files: row.files,
      createdAt: row.createdAt,
      timeZone: zone,
      centre: around?.centre ?? null,
      buyer: around?.buyer ?? null,
      person: around?.person ?? '',
      markable: row.state === 'issued' && row.usedAt === null && !letters.some(isWaiting),
      left: row.state === 'issued' ? left : 0,
      letters: letters.map((letter) => ({
        id: letter.id,
        state: letter.state,
        reason: letter.reason,
        order: (letter.orderId && orderNumbers.get(letter.orderId)) || null,
        amount: letter.amount,
        tax: letter.tax,
        raisedAt: letter.raisedAt,
        /** Until when it has to be confirmed; empty where nobody has to. */
        until: letter.invoiceUsed && letter.state === 'raised' ? lapsesAt(letter.raisedAt) : null,
        confirmedAt: letter.confirmedAt,
        redNumber: letter.redNumber,
        issuedOn: letter.issuedOn,
        files: letter.files,
        confirmable: may(letter, 'confirm'),
        withdrawable: may(letter, 'withdraw'),
        issuable: may(letter, 'issue'),
        again: !isLive(letter) && letter.reason === 'refund' && row.state === 'issued' && left > 0 && !raisedSince(letter),
      })),
      comparison:
        row.state === 'issued'
          ? compareInvoice({ state: row.state, invoiced: row.amount, paid: total('gross'), refunded: total('refunded'), letters })
          : null,
    };
  });
}

export type InvoiceView = Awaited<ReturnType<typeof viewInvoice>>;
export type RedLetterView = InvoiceView['letters'][number];
