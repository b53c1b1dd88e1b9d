/** Files brought to be shown with what is sold; evidence (`own`) is none of them. */
import { and, eq, gt, inArray, ne } from 'drizzle-orm';
import { countAll, type Queries } from '#db/queries.ts';
import { type Audience, storedFile } from '#db/schema/core.ts';

/** How many an organisation has brought since an instant. */
export async function countBrought(q: Queries, organisationId: string, since: number): Promise<number> {
  const [of] = await q
    .select({ count: countAll() })
    .from(storedFile)
    .where(and(eq(storedFile.organisationId, organisationId), ne(storedFile.audience, 'own'), gt(storedFile.createdAt, since)));
  return of?.count ?? 0;
}

/** Whether an organisation may show all of these. */
export async function mayShow(q: Queries, organisationId: string, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true;
  const own = await q
    .select({ id: storedFile.id })
    .from(storedFile)
    .where(and(inArray(storedFile.id, [...ids]), eq(storedFile.organisationId, organisationId), ne(storedFile.audience, 'own')));
  return own.length === new Set(ids).size;
}

/** Says who sees them from now on. */
export async function showTo(tx: Queries, audience: Exclude<Audience, 'own'>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(storedFile)
    .set({ audience })
    .where(inArray(storedFile.id, [...ids]));
}
