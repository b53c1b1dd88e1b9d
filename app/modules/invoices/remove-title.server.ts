import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { invoiceChoice, invoiceTitle } from '#db/schema/invoices.ts';

/**
 * Forgets a title. Invoices asked for keep it as it was; orders it was chosen for have none chosen any more.
 * @throws Problem not_found, forbidden; stale for one a colleague has changed meanwhile
 */
export async function removeTitle(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { id, version }: { id: string; version: number },
): Promise<void> {
  requireRight(actor, 'invoice.ask');
  await db.write(async (tx) => {
    const [own] = await tx
      .select()
      .from(invoiceTitle)
      .where(and(eq(invoiceTitle.id, id), eq(invoiceTitle.buyerId, actor.organisationId)));
    if (!own) throw new Problem('not_found');
    if (own.version !== version) throw new Problem('stale');
    await tx.delete(invoiceChoice).where(eq(invoiceChoice.titleId, id));
    await tx.delete(invoiceTitle).where(eq(invoiceTitle.id, id));
    const data = { title: id, kind: own.kind, taxId: own.taxId };
    const deed = { chain: `organisation:${actor.organisationId}`, actorId: actor.personId, action: 'invoice_title_removed', data };
    await audit(tx, deed, clock());
  });
}
