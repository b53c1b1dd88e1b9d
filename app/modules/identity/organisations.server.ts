/** What other modules ask of organisations. */
import { and, asc, eq, or } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { organisation } from '#db/schema/identity.ts';

export async function organisationOf(q: Queries, id: string): Promise<typeof organisation.$inferSelect | undefined> {
  const [found] = await q.select().from(organisation).where(eq(organisation.id, id));
  return found;
}

/** Ids of the firms of exactly this name in either language, or this 统一社会信用代码; two at most, which is one too many. */
export async function firmsCalled(q: Queries, name: string): Promise<string[]> {
  const found = await q
    .select({ id: organisation.id })
    .from(organisation)
    .where(
      and(
        eq(organisation.kind, 'sme'),
        or(eq(organisation.taxNumber, name.toUpperCase()), eq(organisation.nameZh, name), eq(organisation.nameEn, name)),
      ),
    )
    .orderBy(asc(organisation.id))
    .limit(2);
  return found.map(({ id }) => id);
}
