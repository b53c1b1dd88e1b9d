import { inArray, sql } from 'drizzle-orm';
import { chunks, type Queries } from '#db/queries.ts';
import { capability, capabilityVersion } from '#db/schema/capability.ts';

/** Who ends a version of a row, and when. */
export interface Ending {
  personId: string;
  endedAt: number;
}

/** Keeps the rows as they are now, before they are changed or (`removed`) deleted; what stays has the next version. */
export async function keepVersions(tx: Queries, ids: readonly string[], ending: Ending, removed = false): Promise<void> {
  for (const part of chunks(ids)) {
    const rows = await tx.select().from(capability).where(inArray(capability.id, part));
    if (rows.length === 0) continue;
    await tx
      .insert(capabilityVersion)
      .values(rows.map((row) => ({ capabilityId: row.id, version: row.version, centreId: row.centreId, row, ...ending, removed })));
    if (!removed)
      await tx
        .update(capability)
        .set({ version: sql`${capability.version} + 1` })
        .where(inArray(capability.id, part));
  }
}
