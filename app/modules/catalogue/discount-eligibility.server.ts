import { isMemberFirm, isParkFirm } from '#app/modules/centres/firms/firm-standing.server.ts';
import type { Queries } from '#db/queries.ts';
import type { DiscountEligibility, PriceRules } from './price-rules.ts';

/** What a firm is to the centre of a service. Asks for nothing the service has no price for: most have neither. */
export async function discountEligibility(
  q: Queries,
  organisationId: string,
  { centreId, memberBasisPoints, parkBasisPoints }: { centreId: string } & Pick<PriceRules, 'memberBasisPoints' | 'parkBasisPoints'>,
): Promise<DiscountEligibility> {
  const member = memberBasisPoints > 0 && (await isMemberFirm(q, { centreId, organisationId }));
  const park = parkBasisPoints > 0 && (await isParkFirm(q, { centreId, organisationId }));
  return { member, park };
}
