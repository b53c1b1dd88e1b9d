import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { invoiceTitle } from '#db/schema/invoices.ts';

export type InvoiceTitle = typeof invoiceTitle.$inferSelect;

/** The titles of the actor's own firm, the oldest first. @throws Problem not_found, forbidden */
export async function listTitles({ db }: Pick<Deps, 'db'>, actor: Actor): Promise<InvoiceTitle[]> {
  requireRight(actor, 'invoice.ask');
  return db.read((q) =>
    q
      .select()
      .from(invoiceTitle)
      .where(eq(invoiceTitle.buyerId, actor.organisationId))
      .orderBy(asc(invoiceTitle.createdAt), asc(invoiceTitle.id)),
  );
}
