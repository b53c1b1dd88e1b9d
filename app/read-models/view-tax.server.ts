import { asc, desc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { can, requireRight } from '#app/modules/identity/policy.ts';
import { dayIn } from '#app/modules/invoices/invoice-zone.server.ts';
import { rateOn } from '#app/modules/invoices/tax-rates.ts';
import { centre } from '#db/schema/centres.ts';
import { taxClass, taxRate } from '#db/schema/invoices.ts';

/** How the actor's centre is taxed: its rates, latest first, with the one that holds today, and its classes. @throws Problem not_found, forbidden */
export async function viewTax({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor) {
  requireRight(actor, 'invoice.issue');
  return db.read(async (q) => {
    const own = await q
      .select({ id: centre.id, timeZone: centre.timeZone })
      .from(centre)
      .where(eq(centre.organisationId, actor.organisationId));
    const ids = own.map(({ id }) => id);
    const rates = await q
      .select({ validFrom: taxRate.validFrom, rate: taxRate.rate })
      .from(taxRate)
      .where(inArray(taxRate.centreId, ids))
      .orderBy(desc(taxRate.validFrom));
    const classes = await q
      .select({ family: taxClass.family, code: taxClass.code, name: taxClass.name, item: taxClass.item })
      .from(taxClass)
      .where(inArray(taxClass.centreId, ids))
      .orderBy(asc(taxClass.family));
    const today = dayIn(own[0]?.timeZone ?? 'Asia/Shanghai', clock());
    const current = rates.find(({ validFrom }) => validFrom <= today)?.validFrom ?? null;
    return {
      today,
      rates: rates.map((one) => ({ ...one, begun: one.validFrom <= today, current: one.validFrom === current })),
      now: rateOn(rates, today),
      classes,
      sets: can(actor, 'service.publish'),
    };
  });
}
