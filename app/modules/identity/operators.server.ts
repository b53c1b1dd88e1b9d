import { and, asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { person } from '#db/schema/identity.ts';
import { type Action, requireRight } from './policy.ts';

/** Who runs the platform, and in which language each is written to. */
export const operatorsOf = (tx: Queries) =>
  tx
    .select({ id: person.id, email: person.email, locale: person.locale })
    .from(person)
    .where(eq(person.operator, true))
    .orderBy(asc(person.id));

/**
 * The policy's answer, and whether the person still runs the platform: a right that ended meanwhile is none.
 * @throws Problem not_found for everybody else
 */
export async function mustBeOperator(q: Queries, { personId, ...acting }: Actor, action: Action): Promise<void> {
  requireRight(acting, action);
  const [found] = await q
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.id, personId), eq(person.operator, true)));
  if (!found) throw new Problem('not_found');
}
