import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { service, stock } from '#db/schema/catalogue.ts';
import { isStocked } from './stock.server.ts';

export const MOST_STOCK = 100_000;

/**
 * Says how many of a reference material are on the shelf, beyond those already sold.
 * @param shown what the page said were left: who sells meanwhile is not overwritten
 * @throws Problem not_found, forbidden; invalid_form {field: available}; stale when some were sold or put back since
 */
export async function setStock(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { serviceId, available, shown }: { serviceId: string; available: number; shown: number },
): Promise<void> {
  if (!Number.isInteger(available) || available < 0 || available > MOST_STOCK) throw new Problem('invalid_form', { field: 'available' });
  await db.write(async (tx) => {
    const centre = await centreOf(tx, actor);
    const [row] = await tx
      .select({ family: service.family })
      .from(service)
      .where(and(eq(service.id, serviceId), eq(service.centreId, centre.id)));
    if (!row || !isStocked(row.family)) throw new Problem('not_found');
    requireRight(actor, 'time.plan');
    const [before] = await tx.select().from(stock).where(eq(stock.serviceId, serviceId));
    if ((before?.available ?? 0) !== shown) throw new Problem('stale');
    if (before) await tx.update(stock).set({ available }).where(eq(stock.serviceId, serviceId));
    else await tx.insert(stock).values({ serviceId, available });
    const data = { from: before?.available ?? 0, to: available };
    await audit(tx, { chain: `service:${serviceId}`, actorId: actor.personId, action: 'stock_set', data }, clock());
  });
}
