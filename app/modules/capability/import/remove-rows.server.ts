import { inArray, sql } from 'drizzle-orm';
import { chunks, type Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { service, serviceCapability } from '#db/schema/catalogue.ts';

import { type Ending, keepVersions } from './keep-versions.server.ts';

/** Rows go, kept as their last version, and services sold on them are sold without them. @returns ids of the services sold on them */
export async function removeRows(tx: Queries, ids: readonly string[], ending: Ending): Promise<string[]> {
  await keepVersions(tx, ids, ending, true);
  const services = new Set<string>();
  for (const part of chunks(ids)) {
    const links = await tx.delete(serviceCapability).where(inArray(serviceCapability.capabilityId, part)).returning();
    for (const { serviceId } of links) services.add(serviceId);
    await tx.delete(capability).where(inArray(capability.id, part));
  }
  await raiseServices(tx, [...services]);
  return [...services];
}

/** What is derived from these services is stale. */
export async function raiseServices(tx: Queries, ids: readonly string[]): Promise<void> {
  for (const part of chunks(ids))
    await tx
      .update(service)
      .set({ version: sql`${service.version} + 1` })
      .where(inArray(service.id, part));
}
