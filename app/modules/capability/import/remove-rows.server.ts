import { inArray, sql } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { service, serviceCapability } from '#db/schema/catalogue.ts';

/** Statements of so many rows: within what both engines take as parameters. */
const CHUNK = 200;

export const chunks = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, i) => list.slice(i * CHUNK, (i + 1) * CHUNK));

/** Rows go, and services sold on them are sold without them. @returns ids of the services sold on them */
export async function removeRows(tx: Queries, ids: readonly string[]): Promise<string[]> {
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
