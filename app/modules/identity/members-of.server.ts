import { asc, eq } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { membership, person } from '#db/schema/identity.ts';

/** Everybody of an organisation with their role, and where and in which language each is written to. */
export const membersOf = (q: Queries, organisationId: string) =>
  q
    .select({ id: person.id, email: person.email, locale: person.locale, role: membership.role })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(eq(membership.organisationId, organisationId))
    .orderBy(asc(person.id));
