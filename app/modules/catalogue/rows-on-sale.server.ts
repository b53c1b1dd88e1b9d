/** The rows of scopes that services are sold on, for whoever changes a scope (capability/import). */
import { eq, inArray } from 'drizzle-orm';
import type { RowsOnSale } from '#app/modules/capability/import/rows-on-sale.ts';
import { namedRows } from '#app/modules/capability/import/scope-access.server.ts';
import { groupKey } from '#app/modules/capability/search/scope-groups.ts';
import { chunks } from '#db/queries.ts';
import { serviceCapability } from '#db/schema/catalogue.ts';
import { raiseServices } from './raise-services.server.ts';

export const rowsOnSale: RowsOnSale = {
  async groups(tx, centreId) {
    const row = namedRows(tx, centreId);
    const links = await tx
      .select({
        serviceId: serviceCapability.serviceId,
        instrumentZh: row.instrumentZh,
        instrumentEn: row.instrumentEn,
        method: row.method,
      })
      .from(serviceCapability)
      .innerJoin(row, eq(row.id, serviceCapability.capabilityId));
    const sold = new Map<string, Set<string>>();
    for (const link of links) sold.set(groupKey(link), (sold.get(groupKey(link)) ?? new Set()).add(link.serviceId));
    return sold;
  },
  async join(tx, sold, rows) {
    const links = rows.flatMap((row) => [...(sold.get(groupKey(row)) ?? [])].map((serviceId) => ({ serviceId, capabilityId: row.id })));
    for (const part of chunks(links)) await tx.insert(serviceCapability).values(part);
    const services = [...new Set(links.map((link) => link.serviceId))];
    await raiseServices(tx, services);
    return services;
  },
  async leave(tx, rowIds) {
    const services = new Set<string>();
    for (const part of chunks(rowIds)) {
      const links = await tx.delete(serviceCapability).where(inArray(serviceCapability.capabilityId, part)).returning();
      for (const { serviceId } of links) services.add(serviceId);
    }
    await raiseServices(tx, [...services]);
    return [...services];
  },
};
