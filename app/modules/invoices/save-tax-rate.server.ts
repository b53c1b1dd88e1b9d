import { and, desc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { setCentreVat } from '#app/modules/catalogue/set-centre-vat.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { taxRate } from '#db/schema/invoices.ts';
import { dayIn, zoneOfCentre } from './invoice-zone.server.ts';
import type { RateInput } from './tax-form.ts';
import { basisPointsOf, rateOn } from './tax-rates.ts';

type Needs = Pick<Deps, 'db' | 'clock'>;

/** The rates of a centre, the latest first. */
export const taxRatesOf = (q: Queries, centreId: string) =>
  q
    .select({ validFrom: taxRate.validFrom, rate: taxRate.rate })
    .from(taxRate)
    .where(eq(taxRate.centreId, centreId))
    .orderBy(desc(taxRate.validFrom));

/**
 * Sets the rate of the actor's centre from a day on; a second one of the same day takes the first one's place. What is sold bears it from that
 * day on, orders there are keep theirs.
 * @throws Problem not_found, forbidden: it changes what buyers pay
 */
export async function saveTaxRate({ db, clock }: Needs, actor: Actor, { rate, validFrom }: RateInput): Promise<void> {
  requireRight(actor, 'service.publish');
  await db.write(async (tx) => {
    const now = clock();
    const { id: centreId } = await centreOf(tx, actor);
    await tx
      .insert(taxRate)
      .values({ centreId, validFrom, rate, createdAt: now })
      .onConflictDoUpdate({ target: [taxRate.centreId, taxRate.validFrom], set: { rate, createdAt: now } });
    await note(tx, actor, 'tax_rate_set', { rate, validFrom }, now);
    await apply(tx, centreId, now);
  });
}

/** Takes back a rate that has not begun. @throws Problem not_found, forbidden; tax_rate_begun */
export async function removeTaxRate({ db, clock }: Needs, actor: Actor, validFrom: string): Promise<void> {
  requireRight(actor, 'service.publish');
  await db.write(async (tx) => {
    const now = clock();
    const { id: centreId } = await centreOf(tx, actor);
    if (validFrom <= dayIn(await zoneOfCentre(tx, centreId), now)) throw new Problem('tax_rate_begun');
    await tx.delete(taxRate).where(and(eq(taxRate.centreId, centreId), eq(taxRate.validFrom, validFrom)));
    await note(tx, actor, 'tax_rate_removed', { validFrom }, now);
  });
}

async function apply(tx: Queries, centreId: string, now: number): Promise<void> {
  const current = rateOn(await taxRatesOf(tx, centreId), dayIn(await zoneOfCentre(tx, centreId), now));
  if (current) await setCentreVat(tx, centreId, basisPointsOf(current), now);
}

const note = (tx: Queries, { organisationId, personId }: Actor, action: string, data: Record<string, unknown>, now: number) =>
  audit(tx, { chain: `organisation:${organisationId}`, actorId: personId, action, data }, now);
