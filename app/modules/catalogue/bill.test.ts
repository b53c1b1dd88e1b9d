import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeliveryMode } from '#db/schema/catalogue.ts';
import { billFor, leastBill } from './bill.ts';
import { rangeKey } from './price-rules.ts';

const MODES: DeliveryMode[] = ['at_centre', 'courier', 'on_site', 'remote'];
const net = fc.integer({ min: 0, max: 500_000 });
const tariff = fc.record({
  unitNet: net,
  volumeTiers: fc.uniqueArray(fc.record({ from: fc.integer({ min: 2, max: 50 }), unitNet: net }), {
    selector: (tier) => tier.from,
    maxLength: 3,
  }),
  setupNet: net,
  travelNet: net,
  courierNet: net,
  expediteBasisPoints: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: null }),
  vatBasisPoints: fc.constantFrom(0, 100, 300, 600),
  perPointNet: fc.oneof(fc.constant(0), net),
  includedPoints: fc.integer({ min: 0, max: 9 }),
  rangePrices: fc.uniqueArray(fc.record({ upTo: fc.integer({ min: 1, max: 9 }), unit: fc.constant('mm'), unitNet: net }), {
    selector: rangeKey,
    maxLength: 3,
  }),
  travelZones: fc.uniqueArray(
    fc.record({ nameZh: fc.constantFrom('市内', '省内', '省外'), nameEn: fc.constant('z'), net, minutes: fc.constant(30) }),
    {
      selector: (zone) => zone.nameZh,
      maxLength: 3,
    },
  ),
  memberBasisPoints: fc.constant(1_000),
  parkBasisPoints: fc.constant(500),
  deliveryModes: fc.subarray(MODES, { minLength: 1 }),
});
type Sold = Parameters<typeof leastBill>[0];

/** Every booking of so many that the service sells, without haste and discounts. */
const everyBooking = (service: Sold, quantity: number) =>
  service.deliveryModes.flatMap((deliveryMode) =>
    (service.rangePrices.length > 0 ? service.rangePrices.map(rangeKey) : [undefined]).flatMap((range) =>
      (deliveryMode === 'on_site' && service.travelZones.length > 0 ? service.travelZones.map((zone) => zone.nameZh) : [undefined]).flatMap(
        (zone) =>
          (service.perPointNet > 0 ? [1, service.includedPoints + 1, service.includedPoints + 5] : [undefined]).map(
            (points) => billFor(service, { quantity, expedited: false, deliveryMode, range, zone, points }).gross,
          ),
      ),
    ),
  );

describe('the total that is said before anything is chosen', () => {
  it('is the least that can be booked, and says "from" exactly where something costs more', () =>
    fc.assert(
      fc.property(tariff, fc.integer({ min: 1, max: 60 }), (service, quantity) => {
        const { gross, from } = leastBill(service, quantity);
        const all = everyBooking(service, quantity);
        expect(gross).toBe(Math.min(...all));
        // A difference of less than a fen is lost in rounding.
        if (new Set(all).size > 1) expect(from).toBe(true);
        if (!from) expect(new Set(all)).toEqual(new Set([gross]));
      }),
      { numRuns: 1_000 },
    ));

  it('has all that has to be paid in it: set-up, the only way, the first measuring point', () => {
    const plain = {
      volumeTiers: [],
      expediteBasisPoints: null,
      vatBasisPoints: 600,
      rangePrices: [],
      memberBasisPoints: 0,
      parkBasisPoints: 0,
    };
    const costs = { unitNet: 10_000, setupNet: 5_000, travelNet: 30_000, courierNet: 2_000, travelZones: [] };
    const points = { perPointNet: 0, includedPoints: 0 };
    const of = (deliveryModes: DeliveryMode[], changes = {}) => leastBill({ ...plain, ...costs, ...points, ...changes, deliveryModes }, 2);
    expect(of(['on_site'])).toMatchObject({ net: 55_000, gross: 58_300, from: false });
    expect(of(['courier'])).toMatchObject({ net: 27_000, from: false });
    expect(of(['courier', 'at_centre'])).toMatchObject({ net: 25_000, from: true });
    expect(of(['at_centre', 'remote'])).toMatchObject({ net: 25_000, from: false });
    expect(of(['at_centre'], { perPointNet: 1_000 })).toMatchObject({ net: 27_000, from: true });
    expect(of(['at_centre'], { perPointNet: 1_000, includedPoints: 5 })).toMatchObject({ net: 25_000, from: true });
  });
});
