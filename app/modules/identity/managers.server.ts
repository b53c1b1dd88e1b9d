import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { membership, person } from '#db/schema/identity.ts';
import { type Action, rolesWith } from './policy.ts';

/** Who manages an organisation, and in which language each is written to. */
export const managersOf = (tx: Queries, organisationId: string) =>
  tx
    .select({ id: person.id, email: person.email, locale: person.locale })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(and(eq(membership.organisationId, organisationId), eq(membership.role, 'manager')))
    .orderBy(asc(person.id));

/** Who of a centre may do something, and in which language each is written to. */
export const centreMembersWho = (tx: Queries, organisationId: string, action: Action) =>
  tx
    .select({ id: person.id, email: person.email, locale: person.locale })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(and(eq(membership.organisationId, organisationId), inArray(membership.role, rolesWith('centre', action))))
    .orderBy(asc(person.id));
