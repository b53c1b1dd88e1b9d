import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { busyCalendar, resource } from '#db/schema/scheduling.ts';
import { putTimes } from './busy-calendars.server.ts';

/** Sells what is to come again; what is over, of a time under way too, stays closed in the books. @throws Problem not_found, forbidden */
export async function removeBusyCalendar({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: string): Promise<void> {
  requireRight(actor, 'time.plan');
  await db.write(async (tx) => {
    const now = clock();
    const own = await centreOf(tx, actor);
    const [row] = await tx
      .select({ resourceId: resource.id, poolId: resource.poolId })
      .from(busyCalendar)
      .innerJoin(resource, eq(resource.id, busyCalendar.resourceId))
      .where(and(eq(busyCalendar.id, id), eq(busyCalendar.centreId, own.id)));
    if (!row) throw new Problem('not_found');
    await putTimes(tx, { id, centreId: own.id, ...row }, { busy: [], whole: true }, now);
    await tx.delete(busyCalendar).where(eq(busyCalendar.id, id));
    const data = { id, ...row };
    await audit(tx, { chain: `centre:${own.id}`, actorId: actor.personId, action: 'busy_calendar.removed', data }, now);
  });
}
