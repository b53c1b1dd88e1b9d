import { and, asc, eq, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { Problem } from '#app/core/problem.ts';
import { centreFacts, organisationOfCentre, zoneOf } from '#app/modules/centres/centre-facts.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { invoice, invoicedOrder, redLetter } from '#db/schema/invoices.ts';

export type Invoice = typeof invoice.$inferSelect;
export type RedLetter = typeof redLetter.$inferSelect;
export type InvoiceSide = 'buyer' | 'centre';

/**
 * An invoice by the request's public number, for somebody who is party to it; `zone` of its centre.
 * @throws Problem not_found for everybody else; forbidden for who has another role there
 */
export async function invoiceFor(q: Queries, actor: Actor, number: string): Promise<{ row: Invoice; side: InvoiceSide; zone: string }> {
  requireRight(actor, actor.organisationKind === 'sme' ? 'invoice.ask' : 'invoice.issue');
  const at = centreFacts(q);
  const [found] = await q
    .select({ row: invoice, organisationId: at.organisationId, zone: at.timeZone })
    .from(invoice)
    .innerJoin(at, eq(at.id, invoice.centreId))
    .where(eq(invoice.number, number));
  if (found && actor.organisationKind === 'sme' && found.row.buyerId === actor.organisationId)
    return { row: found.row, side: 'buyer', zone: found.zone };
  if (found && actor.organisationKind === 'centre' && found.organisationId === actor.organisationId)
    return { row: found.row, side: 'centre', zone: found.zone };
  throw new Problem('not_found');
}

/** The same, at one side of it alone: the other may see it, and not do this. */
export async function invoiceAt(q: Queries, actor: Actor, side: InvoiceSide, number: string) {
  requireRight(actor, side === 'buyer' ? 'invoice.ask' : 'invoice.issue');
  const found = await invoiceFor(q, actor, number);
  if (found.side !== side) throw new Problem('not_found');
  return found;
}

export async function invoiceById(q: Queries, id: string): Promise<{ row: Invoice; zone: string; centreOrganisationId: string | null }> {
  const [found] = await q
    .select({ row: invoice, zone: zoneOf(invoice.centreId) })
    .from(invoice)
    .where(eq(invoice.id, id));
  if (!found) throw new Problem('not_found');
  return { ...found, centreOrganisationId: await organisationOfCentre(q, found.row.centreId) };
}

type Changes = Partial<Omit<typeof invoice.$inferInsert, 'id' | 'version' | 'updatedAt'>>;
type Deed = { action: string; actorId: string | null; data?: Record<string, unknown> };

/** A line of the invoice's audit chain. */
export const auditInvoice = (tx: Queries, invoiceId: string, { action, actorId, data = {} }: Deed, now: number, isNew = false) =>
  audit(tx, { chain: `invoice:${invoiceId}`, actorId, action: `invoice.${action}`, data }, now, isNew);

/** Changes an invoice as it was read. @throws Problem stale when somebody changed it since */
export async function changeInvoice(tx: Queries, row: Invoice, changes: Changes, deed: Deed, now: number): Promise<Invoice> {
  const [changed] = await tx
    .update(invoice)
    .set({ ...changes, version: row.version + 1, updatedAt: now })
    .where(and(eq(invoice.id, row.id), eq(invoice.version, row.version)))
    .returning();
  if (!changed) throw new Problem('stale');
  await auditInvoice(tx, row.id, deed, now);
  return changed;
}

type LetterChanges = Partial<Omit<typeof redLetter.$inferInsert, 'id' | 'version' | 'updatedAt'>>;

/** The same of a red letter; what happened stands in the chain of its invoice. */
export async function changeRedLetter(tx: Queries, row: RedLetter, changes: LetterChanges, deed: Deed, now: number): Promise<RedLetter> {
  const [changed] = await tx
    .update(redLetter)
    .set({ ...changes, version: row.version + 1, updatedAt: now })
    .where(and(eq(redLetter.id, row.id), eq(redLetter.version, row.version)))
    .returning();
  if (!changed) throw new Problem('stale');
  const { id, amount, reason } = row;
  await auditInvoice(tx, row.invoiceId, { ...deed, data: { letter: id, amount, reason, ...deed.data } }, now);
  return changed;
}

export const lettersOf = (q: Queries, invoiceId: string): Promise<RedLetter[]> =>
  q.select().from(redLetter).where(eq(redLetter.invoiceId, invoiceId)).orderBy(asc(redLetter.raisedAt), asc(redLetter.id));

export const ordersOf = (q: Queries, invoiceId: string) => q.select().from(invoicedOrder).where(eq(invoicedOrder.invoiceId, invoiceId));

/** Its orders may be invoiced again. */
export const freeOrders = (tx: Queries, invoiceId: string) => tx.delete(invoicedOrder).where(eq(invoicedOrder.invoiceId, invoiceId));

/** Whether an invoice or a red letter has this number: the tax authority gives each once. */
export async function isNumberTaken(q: Queries, number: string): Promise<boolean> {
  const one = sql<number>`1`;
  const invoices = await q.select({ one }).from(invoice).where(eq(invoice.invoiceNumber, number)).limit(1);
  if (invoices.length > 0) return true;
  return (await q.select({ one }).from(redLetter).where(eq(redLetter.redNumber, number)).limit(1)).length > 0;
}
