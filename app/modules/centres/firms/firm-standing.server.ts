/** What a firm is to a centre: asked while a booking is placed, so both statements are prepared. */
import { and, eq, sql } from 'drizzle-orm';
import { prepare, type Queries } from '#db/queries.ts';
import { centre, centreMember, parkFirm } from '#db/schema/centres.ts';

type Pair = { centreId: string; organisationId: string };

/** On the centre's list of member firms. */
export async function isMemberFirm(q: Queries, pair: Pair): Promise<boolean> {
  const found = await prepare(q, 'centre_member_of', (p) =>
    p
      .select({ centreId: centreMember.centreId })
      .from(centreMember)
      .where(
        and(eq(centreMember.centreId, sql.placeholder('centreId')), eq(centreMember.organisationId, sql.placeholder('organisationId'))),
      ),
  ).execute(pair);
  return found.length > 0;
}

/** Confirmed by the park the centre stands in today. */
export async function isParkFirm(q: Queries, pair: Pair): Promise<boolean> {
  const found = await prepare(q, 'park_firm_of', (p) =>
    p
      .select({ parkId: parkFirm.parkId })
      .from(parkFirm)
      .innerJoin(centre, eq(centre.parkId, parkFirm.parkId))
      .where(
        and(
          eq(centre.id, sql.placeholder('centreId')),
          eq(parkFirm.organisationId, sql.placeholder('organisationId')),
          eq(parkFirm.state, 'confirmed'),
        ),
      ),
  ).execute(pair);
  return found.length > 0;
}
