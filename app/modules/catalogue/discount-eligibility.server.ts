import { and, eq, sql } from 'drizzle-orm';
import { prepare, type Queries } from '#db/queries.ts';
import { centre, centreMember, parkFirm } from '#db/schema/centres.ts';
import type { DiscountEligibility, PriceRules } from './price-rules.ts';

/** What a firm is to the centre of a service. Asks for nothing the service has no price for: most have neither. */
export async function discountEligibility(
  q: Queries,
  organisationId: string,
  { centreId, memberBasisPoints, parkBasisPoints }: { centreId: string } & Pick<PriceRules, 'memberBasisPoints' | 'parkBasisPoints'>,
): Promise<DiscountEligibility> {
  const member = memberBasisPoints > 0 && (await isMember(q, { centreId, organisationId }));
  const park = parkBasisPoints > 0 && (await isParkFirm(q, { centreId, organisationId }));
  return { member, park };
}

type Pair = { centreId: string; organisationId: string };

async function isMember(q: Queries, pair: Pair): Promise<boolean> {
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
async function isParkFirm(q: Queries, pair: Pair): Promise<boolean> {
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
