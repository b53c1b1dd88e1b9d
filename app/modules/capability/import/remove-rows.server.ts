import { inArray } from 'drizzle-orm';
import { chunks, type Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { type Ending, keepVersions } from './keep-versions.server.ts';
import type { RowsOnSale } from './rows-on-sale.ts';

/** Rows go, kept as their last version, and services sold on them are sold without them. @returns ids of the services sold on them */
export async function removeRows(tx: Queries, rowsOnSale: RowsOnSale, ids: readonly string[], ending: Ending): Promise<string[]> {
  await keepVersions(tx, ids, ending, true);
  const services = await rowsOnSale.leave(tx, ids);
  for (const part of chunks(ids)) await tx.delete(capability).where(inArray(capability.id, part));
  return services;
}
