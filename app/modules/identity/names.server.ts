import { and, eq, inArray } from 'drizzle-orm';
import { chunks, type Queries } from '#db/queries.ts';
import { membership, organisation, person } from '#db/schema/identity.ts';

/** What organisations are called, by id. */
export async function organisationNames(q: Queries, ids: Iterable<string>): Promise<Map<string, { nameZh: string; nameEn: string }>> {
  const names = new Map<string, { nameZh: string; nameEn: string }>();
  for (const some of chunks([...new Set(ids)]))
    for (const { id, ...name } of await q
      .select({ id: organisation.id, nameZh: organisation.nameZh, nameEn: organisation.nameEn })
      .from(organisation)
      .where(inArray(organisation.id, some)))
      names.set(id, name);
  return names;
}

/** What people are called, by id. */
export async function personNames(q: Queries, ids: Iterable<string>): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const some of chunks([...new Set(ids)]))
    for (const { id, name } of await q.select({ id: person.id, name: person.name }).from(person).where(inArray(person.id, some)))
      names.set(id, name);
  return names;
}

export async function isMember(q: Queries, personId: string, organisationId: string): Promise<boolean> {
  const rows = await q
    .select({ id: membership.id })
    .from(membership)
    .where(and(eq(membership.personId, personId), eq(membership.organisationId, organisationId)));
  return rows.length > 0;
}
