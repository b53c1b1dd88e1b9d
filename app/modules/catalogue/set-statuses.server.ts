import { and, inArray, ne } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centreIdsOf } from '#app/modules/centres/centre-facts.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { chunks } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';
import { putStatus } from './set-service-status.server.ts';

/**
 * Takes several services out of sale, or puts them back, all or none.
 * @returns how many changed
 * @throws Problem invalid_form {field: services, reason: drafts_ticked} for what was never on sale; forbidden for who may not publish
 */
export const setStatuses = apart(
  'services.status',
  async (
    { db, clock }: Pick<Deps, 'db' | 'clock'>,
    actor: Actor,
    serviceIds: readonly string[],
    status: 'published' | 'paused',
    until: number | null = null,
  ): Promise<number> => {
    requireRight(actor, 'service.publish');
    return db.write(async (tx) => {
      let changed = 0;
      const ids = [...new Set(serviceIds)];
      for (const part of chunks(ids)) {
        const own = await tx
          .select({ id: service.id })
          .from(service)
          .where(
            and(inArray(service.id, part), inArray(service.centreId, centreIdsOf(tx, actor.organisationId)), ne(service.status, 'draft')),
          );
        if (own.length < part.length) throw new Problem('invalid_form', { field: 'services', reason: 'drafts_ticked' });
      }
      for (const id of ids) if (await putStatus(tx, actor, id, status, until, clock())) changed++;
      return changed;
    });
  },
);
