import { and, asc, eq } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { membership, person } from '#db/schema/identity.ts';

/** Who manages an organisation, and in which language each is written to. */
export const managersOf = (tx: Queries, organisationId: string) =>
  tx
    .select({ id: person.id, email: person.email, locale: person.locale })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(and(eq(membership.organisationId, organisationId), eq(membership.role, 'manager')))
    .orderBy(asc(person.id));
