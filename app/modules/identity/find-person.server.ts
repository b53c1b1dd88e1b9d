import { and, eq, gt } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { countAll } from '#db/queries.ts';
import { membership, organisation, person, session } from '#db/schema/identity.ts';
import { mustBeOperator } from './operators.server.ts';
import { removalAsked } from './take-second-factor.server.ts';

/** Somebody by their address, as the operator sees them: where they belong, and how many sessions are open. Nothing when there is nobody. */
export const findPerson = (deps: Pick<Deps, 'db' | 'clock'>, asking: Actor, email: string) =>
  deps.db.read(async (q) => {
    await mustBeOperator(q, asking, 'person.help');
    const [found] = await q.select().from(person).where(eq(person.email, email));
    if (!found) return undefined;
    const [open] = await q
      .select({ count: countAll() })
      .from(session)
      .where(and(eq(session.personId, found.id), gt(session.expiresAt, deps.clock())));
    const memberships = await q
      .select({ nameZh: organisation.nameZh, nameEn: organisation.nameEn, role: membership.role })
      .from(membership)
      .innerJoin(organisation, eq(organisation.id, membership.organisationId))
      .where(eq(membership.personId, found.id));
    const { id, name, secondFactorSince, operator } = found;
    const asked = await removalAsked(q, id, deps.clock());
    const removal = asked ? { name: asked.name, own: asked.by === asking.personId, reason: asked.reason, until: asked.until } : null;
    return { id, name, email, operator, sessions: open?.count ?? 0, memberships, secondFactorSince, removal };
  });
