/** What other modules ask of people. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { membership, person } from '#db/schema/identity.ts';

/** Whether anybody has signed up. */
export const anybody = async (q: Queries): Promise<boolean> => (await q.select({ id: person.id }).from(person).limit(1)).length > 0;

/** Where somebody is written to; nothing for nobody. */
export async function addressOf(q: Queries, personId: string): Promise<string | undefined> {
  const [found] = await q.select({ email: person.email }).from(person).where(eq(person.id, personId));
  return found?.email;
}

/** Where somebody is written to and in which language; nothing for nobody. */
export async function addresseeOf(q: Queries, personId: string) {
  const [found] = await q.select({ email: person.email, locale: person.locale }).from(person).where(eq(person.id, personId));
  return found;
}

/** The same, to join to rows that name a person. */
export const addressees = (q: Queries) =>
  q.select({ id: person.id, email: person.email, locale: person.locale }).from(person).as('addressee');

/** Whether all of them are members of an organisation. @param personIds each once */
export async function areMembers(q: Queries, organisationId: string, personIds: readonly string[]): Promise<boolean> {
  if (personIds.length === 0) return true;
  const found = await q
    .select({ id: membership.personId })
    .from(membership)
    .where(and(eq(membership.organisationId, organisationId), inArray(membership.personId, [...personIds])));
  return found.length === personIds.length;
}
