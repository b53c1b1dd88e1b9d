import { asc, eq, isNotNull, or } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { parkOf } from '#app/modules/centres/firms/confirm-park-firm.server.ts';
import { can, requireRight } from '#app/modules/identity/policy.ts';
import { centre, park, parkFirm } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';

/** Firms and centres that say they belong to the actor's park: those to be confirmed first. @throws Problem not_found */
export const viewParkFirms = ({ db }: Pick<Deps, 'db'>, actor: Actor) =>
  db.read(async (q) => {
    const own = await parkOf(q, actor);
    const firms = await q
      .select({
        id: organisation.id,
        nameZh: organisation.nameZh,
        nameEn: organisation.nameEn,
        taxNumber: organisation.taxNumber,
        state: parkFirm.state,
        at: parkFirm.createdAt,
      })
      .from(parkFirm)
      .innerJoin(organisation, eq(organisation.id, parkFirm.organisationId))
      .where(eq(parkFirm.parkId, own.id))
      .orderBy(asc(parkFirm.state), asc(organisation.nameZh), asc(organisation.id));
    const { id, nameZh, nameEn, slug, parkId } = centre;
    const rows = await q
      .select({ id, nameZh, nameEn, slug, parkId })
      .from(centre)
      .where(or(eq(centre.askedParkId, own.id), eq(parkId, own.id)))
      .orderBy(asc(nameZh), asc(id));
    const centres = rows.map(({ parkId: agreed, ...one }) => ({
      ...one,
      state: agreed === own.id ? ('confirmed' as const) : ('asked' as const),
    }));
    return { park: own, firms, centres: centres.sort((a, b) => (a.state < b.state ? -1 : a.state > b.state ? 1 : 0)) };
  });

/** The park the actor's firm says it belongs to, and the parks it could say. @throws Problem not_found for others than firms */
export const viewOwnPark = ({ db }: Pick<Deps, 'db'>, actor: Actor) =>
  db.read(async (q) => {
    requireRight(actor, 'order.view');
    const parks = await q
      .select({ id: park.id, nameZh: park.nameZh, nameEn: park.nameEn })
      .from(park)
      .where(isNotNull(park.organisationId))
      .orderBy(asc(park.slug));
    const [said] = await q
      .select({ parkId: parkFirm.parkId, state: parkFirm.state })
      .from(parkFirm)
      .where(eq(parkFirm.organisationId, actor.organisationId));
    return { parks, said: said ?? null, leads: can(actor, 'park.join') };
  });
