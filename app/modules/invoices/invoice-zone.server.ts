import { eq } from 'drizzle-orm';
import { centreFacts } from '#app/modules/centres/centre-facts.server.ts';
import { DEFAULT_ZONE, dayOf, isoDay } from '#app/modules/scheduling/local-day.ts';
import type { Queries } from '#db/queries.ts';

/** The zone a centre reckons its days in. */
export async function zoneOfCentre(q: Queries, centreId: string): Promise<string> {
  const at = centreFacts(q);
  const [found] = await q.select({ zone: at.timeZone }).from(at).where(eq(at.id, centreId));
  return found?.zone ?? DEFAULT_ZONE;
}

/** Today there: `2026-11-28`. */
export const dayIn = (zone: string, now: number): string => isoDay(dayOf(zone, now));
