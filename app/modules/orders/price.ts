import { basisPoints } from '#app/core/money.ts';
import { unitNetFor } from '#app/modules/catalogue/unit-price.ts';
import type { CancelPolicy, DeliveryMode, VolumeTier } from '#db/schema/catalogue.ts';
import type { PriceLine } from '#db/schema/orders.ts';

/** What a service charges, net, in 分; rates in basis points. */
export type Tariff = {
  unitNet: number;
  volumeTiers: readonly VolumeTier[];
  setupNet: number;
  travelNet: number;
  courierNet: number;
  /** Empty: not offered. */
  expediteBasisPoints: number | null;
  vatBasisPoints: number;
};

export type Bill = { lines: PriceLine[]; net: number; vatBasisPoints: number; vat: number; gross: number };

/**
 * The bill of a booking. VAT is rounded once, on the sum.
 * @param quantity whole, at least 1; within the service's limit, which the caller has checked
 * @throws RangeError when expedited is asked of a service that does not offer it
 */
export function billFor(
  tariff: Tariff,
  { quantity, deliveryMode, expedited }: { quantity: number; deliveryMode: DeliveryMode; expedited: boolean },
): Bill {
  const once = (key: PriceLine['key'], net: number): PriceLine[] => (net > 0 ? [{ key, quantity: 1, unitNet: net, net }] : []);
  const each = unitNetFor(tariff, quantity);
  const work: PriceLine[] = [{ key: 'unit', quantity, unitNet: each, net: each * quantity }, ...once('setup', tariff.setupNet)];
  if (expedited && tariff.expediteBasisPoints === null) throw new RangeError('this service is not done expedited');
  const lines = [
    ...work,
    ...(deliveryMode === 'on_site' ? once('travel', tariff.travelNet) : []),
    ...(deliveryMode === 'courier' ? once('courier', tariff.courierNet) : []),
    // Haste costs more work, not a longer way: the surcharge is on the work alone.
    ...(expedited ? once('expedite', basisPoints(sumNet(work), tariff.expediteBasisPoints ?? 0)) : []),
  ];
  const net = sumNet(lines);
  const vat = basisPoints(net, tariff.vatBasisPoints);
  return { lines, net, vatBasisPoints: tariff.vatBasisPoints, vat, gross: net + vat };
}

/**
 * What the buyer was shown, in short: amounts and terms. The form carries it back, so that nobody pays a price, or accepts terms,
 * that changed while the page was open. It is compared, never believed.
 */
export function fingerprint(bill: Bill, policy: CancelPolicy): string {
  const lines = bill.lines.map((line) => `${line.key}-${line.quantity}-${line.unitNet}`);
  return [...lines, bill.vatBasisPoints, bill.gross, policy.fullHours, policy.lateBasisPoints].join('.');
}

const sumNet = (lines: readonly PriceLine[]) => lines.reduce((sum, line) => sum + line.net, 0);
