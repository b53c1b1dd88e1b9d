import { newId } from '#app/core/ids.server.ts';
import type { Queries } from '#db/queries.ts';
import { type RedLetterReason, redLetter } from '#db/schema/invoices.ts';
import { taxIn } from './invoice-lines.ts';
import { mailBuyerOfInvoice, mailCentreOfInvoice } from './invoice-mail.server.ts';
import { auditInvoice, type Invoice, lettersOf, type RedLetter } from './invoice-row.server.ts';
import { isLive, lapsesAt, leftToTakeBack } from './red-letter-machine.ts';

/** Of a refund: its order, and the refund itself where one is known. */
type Part = { orderId: string; refundId: string | null; amount: number };

/**
 * A refund of an order on an issued invoice raises a red letter; never for more than is left of the invoice.
 * @param actorId empty: the platform, because of the refund
 */
export async function raiseForRefund(
  tx: Queries,
  row: Invoice,
  { orderId, refundId, amount }: Part,
  now: number,
  actorId: string | null = null,
): Promise<void> {
  const letters = await lettersOf(tx, row.id);
  const left = leftToTakeBack(row.amount, letters);
  const wanted = Math.min(amount, left);
  if (wanted <= 0) return;
  const basisPoints = row.lines.find((line) => line.orderId === orderId)?.basisPoints ?? 0;
  // The last letter takes what is left of the tax, so that all of them sum to the invoice's.
  const tax = wanted === left ? taxLeft(row, letters) : taxIn(wanted, basisPoints).tax;
  await writeLetter(tx, row, { reason: 'refund', orderId, refundId, amount: wanted, tax }, actorId, now);
}

export const taxLeft = (row: Invoice, letters: readonly RedLetter[]): number =>
  row.tax - letters.filter(isLive).reduce((sum, { tax }) => sum + tax, 0);

type NewLetter = { reason: RedLetterReason; orderId: string | null; refundId: string | null; amount: number; tax: number };

/** Writes a red letter down and tells both sides what is to be done with it. */
export async function writeLetter(tx: Queries, row: Invoice, letter: NewLetter, actorId: string | null, now: number): Promise<string> {
  const id = newId();
  const invoiceUsed = row.usedAt !== null;
  const fresh = { id, invoiceId: row.id, state: 'raised' as const, invoiceUsed, raisedAt: now, files: [], updatedAt: now };
  await tx.insert(redLetter).values({ ...fresh, ...letter });
  await auditInvoice(tx, row.id, { action: 'red_letter_raised', actorId, data: { letter: id, ...letter } }, now);
  const extra = { red: letter.amount, until: invoiceUsed ? lapsesAt(now) : 0 };
  await mailCentreOfInvoice(tx, row, 'red_letter_raised', extra, now, { once: id });
  if (invoiceUsed) await mailBuyerOfInvoice(tx, row, 'red_letter_to_confirm', extra, now, { once: id });
  return id;
}
