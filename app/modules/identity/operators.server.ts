import { and, asc, eq } from 'drizzle-orm';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { person } from '#db/schema/identity.ts';

/** Who runs the platform, and in which language each is written to. */
export const operatorsOf = (tx: Queries) =>
  tx
    .select({ id: person.id, email: person.email, locale: person.locale })
    .from(person)
    .where(eq(person.operator, true))
    .orderBy(asc(person.id));

/** Asked again inside the deed: a right that ended meanwhile is none. @throws Problem not_found for everybody else */
export async function mustBeOperator(q: Queries, personId: string): Promise<void> {
  const [found] = await q
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.id, personId), eq(person.operator, true)));
  if (!found) throw new Problem('not_found');
}
