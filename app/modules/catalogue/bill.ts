import { basisPoints } from '#app/core/money.ts';
import type { DeliveryMode, VolumeTier } from '#db/schema/catalogue.ts';
import type { PriceLine } from '#db/schema/orders.ts';
import { type ChoiceInput, choiceOf, type DiscountEligibility, discountFor, type PriceRules, rangeKey } from './price-rules.ts';
import { unitNetFor } from './unit-price.ts';

/** What a service charges, net, in 分; rates in basis points. */
export type Tariff = PriceRules & {
  unitNet: number;
  volumeTiers: readonly VolumeTier[];
  setupNet: number;
  travelNet: number;
  courierNet: number;
  /** Empty: not offered. */
  expediteBasisPoints: number | null;
  vatBasisPoints: number;
};

/** `eligibility`: of the buyer; left out for who has none. */
export type BillInput = ChoiceInput & { quantity: number; expedited: boolean; eligibility?: DiscountEligibility | undefined };
export type Bill = { lines: PriceLine[]; net: number; vatBasisPoints: number; vat: number; gross: number };

/**
 * The bill of a booking. VAT is rounded once, on the sum; a discount is rounded down, so that something is left to pay.
 * @param quantity whole, at least 1; within the service's limit, which the caller has checked
 * @throws RangeError when expedited is asked of a service that does not offer it
 */
export function billFor(tariff: Tariff, input: BillInput): Bill {
  const { quantity, deliveryMode, expedited } = input;
  const { points, range, zone } = choiceOf(tariff, input);
  const once = (key: PriceLine['key'], net: number, label?: PriceLine['label']): PriceLine[] =>
    net === 0 ? [] : [{ key, quantity: 1, unitNet: net, net, ...(label && { label }) }];
  const each = range?.unitNet ?? unitNetFor(tariff, quantity);
  const upTo = range && { label: { zh: `≤ ${rangeKey(range)}`, en: `≤ ${rangeKey(range)}` } };
  const extra = Math.max(0, (points ?? 0) - tariff.includedPoints) * quantity;
  const counted: PriceLine[] =
    extra > 0 ? [{ key: 'points', quantity: extra, unitNet: tariff.perPointNet, net: tariff.perPointNet * extra }] : [];
  const work: PriceLine[] = [
    { key: 'unit', quantity, unitNet: each, net: each * quantity, ...upTo },
    ...counted,
    ...once('setup', tariff.setupNet),
  ];
  if (expedited && tariff.expediteBasisPoints === null) throw new RangeError('this service is not done expedited');
  const lines = [
    ...work,
    ...(deliveryMode === 'on_site'
      ? zone
        ? once('travel', zone.net, { zh: zone.nameZh, en: zone.nameEn })
        : once('travel', tariff.travelNet)
      : []),
    ...(deliveryMode === 'courier' ? once('courier', tariff.courierNet) : []),
    // Haste costs more work, not a longer way: the surcharge is on the work alone.
    ...(expedited ? once('expedite', basisPoints(sumNet(work), tariff.expediteBasisPoints ?? 0)) : []),
  ];
  const discount = input.eligibility && discountFor(tariff, input.eligibility);
  if (discount) lines.push(...once(discount.key, -shareBelow(sumNet(lines), discount.basisPoints)));
  const net = sumNet(lines);
  const vat = basisPoints(net, tariff.vatBasisPoints);
  return { lines, net, vatBasisPoints: tariff.vatBasisPoints, vat, gross: net + vat };
}

/** Share of an amount not below zero, rounded down. */
const shareBelow = (amount: number, basisPoints: number) => Math.floor((amount * basisPoints) / 10_000);
const sumNet = (lines: readonly PriceLine[]) => lines.reduce((sum, line) => sum + line.net, 0);

type Offered = Tariff & { deliveryModes: readonly DeliveryMode[] };

/** The first of those that cost least. */
const least = <T>(list: readonly T[], net: (one: T) => number): T | undefined =>
  list.reduce<T | undefined>((best, one) => (best === undefined || net(one) < net(best) ? one : best), undefined);

const wayNet = (tariff: Offered, mode: DeliveryMode): number =>
  mode === 'courier' ? tariff.courierNet : mode === 'on_site' ? (least(tariff.travelZones, ({ net }) => net)?.net ?? tariff.travelNet) : 0;

/** What a booking begins with, where nothing else is asked: the choices that cost least, the listed order deciding between equals. @param mode asked for */
export function leastChoice(tariff: Offered, mode?: DeliveryMode): ChoiceInput {
  const { deliveryModes, travelZones, rangePrices } = tariff;
  const deliveryMode = deliveryModes.find((one) => one === mode) ?? least(deliveryModes, (one) => wayNet(tariff, one)) ?? 'at_centre';
  const range = least(rangePrices, ({ unitNet }) => unitNet);
  const zone = deliveryMode === 'on_site' ? least(travelZones, ({ net }) => net) : undefined;
  return { deliveryMode, ...(range && { range: rangeKey(range) }), ...(zone && { zone: zone.nameZh }) };
}

/**
 * The least that so many can be booked for, with all that has to be paid: what search, the centre's and the service's page say. `from`:
 * another range, zone, way of delivery or number of points costs more; without it, it is what the booking comes to.
 */
export function leastBill(tariff: Offered, quantity: number): Bill & { from: boolean } {
  const { deliveryModes, travelZones, rangePrices, perPointNet } = tariff;
  const bill = billFor(tariff, { quantity, expedited: false, ...leastChoice(tariff) });
  const zones = deliveryModes.includes('on_site') ? travelZones : [];
  const several = (nets: number[]) => new Set(nets).size > 1;
  const from =
    perPointNet > 0 ||
    several(rangePrices.map(({ unitNet }) => unitNet)) ||
    several(deliveryModes.map((mode) => wayNet(tariff, mode))) ||
    several(zones.map(({ net }) => net));
  return { ...bill, from };
}
