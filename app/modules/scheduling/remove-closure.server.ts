import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { closure } from '#db/schema/scheduling.ts';
import { closedPools, hoursChanged } from './closures.server.ts';

/** Opens what a closure had closed; a calendar's busy times come and go with it alone. @throws Problem not_found, forbidden */
export async function removeClosure({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, closureId: string): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    const [row] = await tx
      .select()
      .from(closure)
      .where(and(eq(closure.id, closureId), isNull(closure.calendarId)));
    if (!row) throw new Problem('not_found');
    const poolHours = await closedPools(tx, actor, row);
    await tx.delete(closure).where(eq(closure.id, closureId));
    await hoursChanged(tx, poolHours, { from: row.fromAt, until: row.untilAt }, now);
    const { centreId, poolId, resourceId, fromAt, untilAt } = row;
    await audit(
      tx,
      {
        chain: `centre:${centreId}`,
        actorId: actor.personId,
        action: 'closure.removed',
        data: { id: closureId, poolId, resourceId, fromAt, untilAt },
      },
      now,
    );
  });
}
