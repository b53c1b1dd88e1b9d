import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { centreMember } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';

/** Firms on the list of the actor's centre, by name. @throws Problem not_found */
export const listMemberFirms = ({ db }: Pick<Deps, 'db'>, actor: Actor) =>
  db.read(async (q) => {
    const centre = await centreOf(q, actor);
    return q
      .select({
        id: organisation.id,
        nameZh: organisation.nameZh,
        nameEn: organisation.nameEn,
        taxNumber: organisation.taxNumber,
        at: centreMember.createdAt,
      })
      .from(centreMember)
      .innerJoin(organisation, eq(organisation.id, centreMember.organisationId))
      .where(eq(centreMember.centreId, centre.id))
      .orderBy(asc(organisation.nameZh), asc(organisation.id));
  });
