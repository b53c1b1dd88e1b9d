import { and, eq, inArray, ne } from 'drizzle-orm';
import { storedFile } from '#db/schema/core.ts';
import type { Deps } from './deps.ts';

export type ShownFile = { id: string; name: string; type: string; size: number };

/**
 * Files in the order of their ids' list; those that are not there, or not for whoever asks, are left out.
 * @param whose an organisation's own, or what is public
 */
export async function filesOf(
  { db }: Pick<Deps, 'db'>,
  whose: { organisationId: string } | 'public',
  ids: readonly string[],
): Promise<ShownFile[]> {
  if (ids.length === 0) return [];
  const allowed =
    whose === 'public'
      ? eq(storedFile.audience, 'public')
      : and(eq(storedFile.organisationId, whose.organisationId), ne(storedFile.audience, 'own'));
  const rows = await db.read((q) =>
    q
      .select({ id: storedFile.id, name: storedFile.name, type: storedFile.type, size: storedFile.size })
      .from(storedFile)
      .where(and(inArray(storedFile.id, [...ids]), allowed)),
  );
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}
