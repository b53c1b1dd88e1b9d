import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { FAMILY_NAMES } from '#app/modules/catalogue/family-names.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { taxClass } from '#db/schema/invoices.ts';
import type { ClassInput } from './tax-form.ts';

type Needs = Pick<Deps, 'db' | 'clock'>;

/**
 * Sets what the centre writes on its invoices for a family of services, or for all that have none of their own (empty).
 * @throws Problem not_found, forbidden; invalid_form {field: family, reason: choose}
 */
export async function saveTaxClass({ db, clock }: Needs, actor: Actor, { family, ...words }: ClassInput): Promise<void> {
  requireRight(actor, 'invoice.issue');
  if (family !== '' && !Object.hasOwn(FAMILY_NAMES, family)) throw new Problem('invalid_form', { field: 'family', reason: 'choose' });
  await db.write(async (tx) => {
    const now = clock();
    const { id: centreId } = await centreOf(tx, actor);
    const row = { ...words, updatedAt: now };
    await tx
      .insert(taxClass)
      .values({ centreId, family, ...row })
      .onConflictDoUpdate({ target: [taxClass.centreId, taxClass.family], set: row });
    const chain = `organisation:${actor.organisationId}`;
    await audit(tx, { chain, actorId: actor.personId, action: 'tax_class_set', data: { family, ...words } }, now);
  });
}

/** Takes the class of a family back. @throws Problem not_found, forbidden */
export async function removeTaxClass({ db, clock }: Needs, actor: Actor, family: string): Promise<void> {
  requireRight(actor, 'invoice.issue');
  await db.write(async (tx) => {
    const { id: centreId } = await centreOf(tx, actor);
    await tx.delete(taxClass).where(and(eq(taxClass.centreId, centreId), eq(taxClass.family, family)));
    const chain = `organisation:${actor.organisationId}`;
    await audit(tx, { chain, actorId: actor.personId, action: 'tax_class_removed', data: { family } }, clock());
  });
}
