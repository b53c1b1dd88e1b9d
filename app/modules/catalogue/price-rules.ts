/**
 * What beside the number of pieces decides a price: measuring points, the instrument's range, where a technician travels, who buys.
 * Prices by range and volume tiers exclude each other (the listing form says so): a piece has one price.
 */
import type { DeliveryMode, RangePrice, service, TravelZone } from '#db/schema/catalogue.ts';

export type PriceRules = Readonly<
  Pick<
    typeof service.$inferSelect,
    'perPointNet' | 'includedPoints' | 'rangePrices' | 'travelZones' | 'memberBasisPoints' | 'parkBasisPoints'
  >
>;

/** Measuring points of one piece: more are a project of their own. */
/** ¥ 999,999.99 with VAT: the most the gateway takes in one payment. @see https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
export const MOST_GROSS = 99_999_999;
/** Net, in 分: with any rate of VAT it is still within `MOST_GROSS`. */
export const MOST_CENTS = 88_000_000;
export const MOST_POINTS = 200;

/** What a buyer chose, as a form carries it: rules are named by what they say, so that a changed list never gives another one's price. */
export type ChoiceInput = {
  deliveryMode: DeliveryMode;
  /** Per piece. */
  points?: number | undefined;
  /** `rangeKey` */
  range?: string | undefined;
  /** Chinese name of the zone. */
  zone?: string | undefined;
};
/** Null where the service has no such rule, or it does not matter for this booking. */
export type Choice = { points: number | null; range: RangePrice | null; zone: TravelZone | null };

/** `150 mm` */
export const rangeKey = ({ upTo, unit }: Pick<RangePrice, 'upTo' | 'unit'>): string => `${upTo} ${unit}`;

const isPoints = (points: number | undefined): points is number =>
  points !== undefined && Number.isInteger(points) && points >= 1 && points <= MOST_POINTS;

/** The rules a booking falls under; for what it does not say, or is not offered: the included points, the first range, the nearest zone. */
export function choiceOf(
  rules: Pick<PriceRules, 'perPointNet' | 'includedPoints' | 'rangePrices' | 'travelZones'>,
  input: ChoiceInput,
): Choice {
  const { perPointNet, includedPoints, rangePrices, travelZones } = rules;
  const zones = input.deliveryMode === 'on_site' ? travelZones : [];
  return {
    points: perPointNet === 0 ? null : isPoints(input.points) ? input.points : Math.max(1, includedPoints),
    range: rangePrices.find((row) => rangeKey(row) === input.range) ?? rangePrices[0] ?? null,
    zone: zones.find((row) => row.nameZh === input.zone) ?? zones[0] ?? null,
  };
}

/** The first part of a booking that the service does not offer, or asks for and did not get. What it has no rule for is not looked at. */
export function misfit(rules: PriceRules, input: ChoiceInput): 'points' | 'range' | 'zone' | null {
  const { points, range, zone } = choiceOf(rules, input);
  if (points !== null && points !== input.points) return 'points';
  if (range && rangeKey(range) !== input.range) return 'range';
  if (zone && zone.nameZh !== input.zone) return 'zone';
  return null;
}

/** What a buyer is to the centre; read on the server, never from a form. */
export type DiscountEligibility = { member: boolean; park: boolean };

/** The greater of the discounts a buyer has; the member's when they are equal. */
export function discountFor(
  { memberBasisPoints, parkBasisPoints }: Pick<PriceRules, 'memberBasisPoints' | 'parkBasisPoints'>,
  { member, park }: DiscountEligibility,
): { key: 'member' | 'park'; basisPoints: number } | null {
  const asMember = member ? memberBasisPoints : 0;
  const asPark = park ? parkBasisPoints : 0;
  if (asMember === 0 && asPark === 0) return null;
  return asMember >= asPark ? { key: 'member', basisPoints: asMember } : { key: 'park', basisPoints: asPark };
}

/** Minutes each way of an on-site booking that says nothing else: what lists reckon with. */
export const usualTravel = ({
  deliveryModes,
  travelZones,
}: {
  deliveryModes: readonly DeliveryMode[];
  travelZones: readonly TravelZone[];
}) => (deliveryModes[0] === 'on_site' ? (travelZones[0]?.minutes ?? 0) : 0);
