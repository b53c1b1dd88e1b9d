/** Everything search keeps of centres, their parks and their accreditations. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { accreditation, centre, park } from '#db/schema/centres.ts';

export type CentreRow = typeof centre.$inferSelect;
export type AccreditationRow = typeof accreditation.$inferSelect;
export type ParkRow = typeof park.$inferSelect;

/** All that are public when no ids are given; parks are few and always all there. `held`: accreditations by the id of their centre. */
export async function readCentres(q: Queries, ids?: string[]) {
  const parks = await q.select().from(park);
  const shown = eq(centre.preparing, false);
  const rows = await q
    .select()
    .from(centre)
    .where(ids ? and(inArray(centre.id, ids), shown) : shown);
  const held = await (ids ? q.select().from(accreditation).where(inArray(accreditation.centreId, ids)) : q.select().from(accreditation));
  return { rows, held: Map.groupBy(held, ({ centreId }) => centreId), parks };
}
