import { eq } from 'drizzle-orm';
import { chunks, type Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { serviceCapability } from '#db/schema/catalogue.ts';
import { groupKey } from '../search/scope-groups.ts';
import { raiseServices } from './remove-rows.server.ts';

/** Services of a centre by the group of rows they are sold on. */
export async function soldGroups(tx: Queries, centreId: string): Promise<Map<string, Set<string>>> {
  const links = await tx
    .select({
      serviceId: serviceCapability.serviceId,
      instrumentZh: capability.instrumentZh,
      instrumentEn: capability.instrumentEn,
      method: capability.method,
    })
    .from(serviceCapability)
    .innerJoin(capability, eq(capability.id, serviceCapability.capabilityId))
    .where(eq(capability.centreId, centreId));
  const sold = new Map<string, Set<string>>();
  for (const link of links) sold.set(groupKey(link), (sold.get(groupKey(link)) ?? new Set()).add(link.serviceId));
  return sold;
}

/**
 * New rows join the services sold on the same instrument and method: a new issue of the scope leaves no service behind.
 * @param sold as it was before rows came or went
 * @returns ids of the services that changed
 */
export async function joinServices(
  tx: Queries,
  sold: ReadonlyMap<string, ReadonlySet<string>>,
  rows: readonly { id: string; instrumentZh: string; instrumentEn: string; method: string }[],
): Promise<string[]> {
  const links = rows.flatMap((row) => [...(sold.get(groupKey(row)) ?? [])].map((serviceId) => ({ serviceId, capabilityId: row.id })));
  for (const part of chunks(links)) await tx.insert(serviceCapability).values(part);
  const services = [...new Set(links.map((link) => link.serviceId))];
  await raiseServices(tx, services);
  return services;
}
