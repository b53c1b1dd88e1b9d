import { inArray, sql } from 'drizzle-orm';
import { chunks, type Queries } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';

/** What is derived from these services is stale. */
export async function raiseServices(tx: Queries, ids: readonly string[]): Promise<void> {
  for (const part of chunks(ids))
    await tx
      .update(service)
      .set({ version: sql`${service.version} + 1` })
      .where(inArray(service.id, part));
}
