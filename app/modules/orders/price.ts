import { basisPoints } from '#app/core/money.ts';
import {
  type ChoiceInput,
  choiceOf,
  type DiscountEligibility,
  discountFor,
  type PriceRules,
  rangeKey,
} from '#app/modules/catalogue/price-rules.ts';
import { unitNetFor } from '#app/modules/catalogue/unit-price.ts';
import type { CancelPolicy, VolumeTier } from '#db/schema/catalogue.ts';
import type { PriceLine } from '#db/schema/orders.ts';

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

/**
 * What the buyer was shown, in short: amounts, ways and terms. The form carries it back, so that nobody pays a price, or accepts terms,
 * that changed while the page was open. It is compared, never believed.
 */
export function fingerprint(bill: Bill, policy: CancelPolicy, travelMinutes = 0): string {
  const lines = bill.lines.map((line) => `${line.key}-${line.quantity}-${line.unitNet}`);
  const way = travelMinutes > 0 ? [`way-${travelMinutes}`] : [];
  return [...lines, ...way, bill.vatBasisPoints, bill.gross, policy.fullHours, policy.lateBasisPoints].join('.');
}

/** Share of an amount not below zero, rounded down. */
const shareBelow = (amount: number, basisPoints: number) => Math.floor((amount * basisPoints) / 10_000);
const sumNet = (lines: readonly PriceLine[]) => lines.reduce((sum, line) => sum + line.net, 0);
