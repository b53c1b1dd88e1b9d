import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billFor, fingerprint, type Tariff } from './price.ts';

const TARIFF: Tariff = {
  unitNet: 45_000,
  volumeTiers: [],
  setupNet: 20_000,
  travelNet: 30_000,
  courierNet: 4_500,
  expediteBasisPoints: 3_000,
  vatBasisPoints: 600,
};

describe('the bill', () => {
  it('of three pieces by courier, expedited', () => {
    const bill = billFor(TARIFF, { quantity: 3, deliveryMode: 'courier', expedited: true });
    expect(bill.lines).toEqual([
      { key: 'unit', quantity: 3, unitNet: 45_000, net: 135_000 },
      { key: 'setup', quantity: 1, unitNet: 20_000, net: 20_000 },
      { key: 'courier', quantity: 1, unitNet: 4_500, net: 4_500 },
      // 30 % of the work: 155,000
      { key: 'expedite', quantity: 1, unitNet: 46_500, net: 46_500 },
    ]);
    expect(bill).toMatchObject({ net: 206_000, vat: 12_360, gross: 218_360 });
  });

  it('charges each piece by the last tier reached', () => {
    const tariff = {
      ...TARIFF,
      volumeTiers: [
        { from: 10, unitNet: 40_000 },
        { from: 50, unitNet: 30_000 },
      ],
    };
    const each = (quantity: number) => billFor(tariff, { quantity, deliveryMode: 'at_centre', expedited: false }).lines[0];
    expect(each(9)).toMatchObject({ unitNet: 45_000, net: 405_000 });
    expect(each(10)).toMatchObject({ unitNet: 40_000, net: 400_000 });
    expect(each(50)).toMatchObject({ unitNet: 30_000, net: 1_500_000 });
  });

  it('has travel only on site, and leaves out what costs nothing', () => {
    const keys = (deliveryMode: 'on_site' | 'at_centre') =>
      billFor({ ...TARIFF, setupNet: 0 }, { quantity: 1, deliveryMode, expedited: false }).lines.map((line) => line.key);
    expect(keys('on_site')).toEqual(['unit', 'travel']);
    expect(keys('at_centre')).toEqual(['unit']);
  });

  it('is refused expedited where that is not offered', () => {
    expect(() => billFor({ ...TARIFF, expediteBasisPoints: null }, { quantity: 1, deliveryMode: 'remote', expedited: true })).toThrow(
      RangeError,
    );
  });

  it('always sums: lines to net, net and tax to gross, tax off by less than one 分', () => {
    const tariff = fc.record({
      unitNet: fc.integer({ min: 0, max: 50_000_000 }),
      volumeTiers: fc.array(fc.record({ from: fc.integer({ min: 2, max: 20 }), unitNet: fc.integer({ min: 1, max: 1_000_000 }) }), {
        maxLength: 3,
      }),
      setupNet: fc.integer({ min: 0, max: 1_000_000 }),
      travelNet: fc.integer({ min: 0, max: 1_000_000 }),
      courierNet: fc.integer({ min: 0, max: 1_000_000 }),
      expediteBasisPoints: fc.integer({ min: 0, max: 20_000 }),
      vatBasisPoints: fc.constantFrom(0, 100, 300, 600, 900, 1300),
    });
    const wish = fc.record({
      quantity: fc.integer({ min: 1, max: 1000 }),
      deliveryMode: fc.constantFrom('at_centre', 'courier', 'on_site', 'remote'),
      expedited: fc.boolean(),
    });
    fc.assert(
      fc.property(tariff, wish, (t, w) => {
        const bill = billFor(t, w);
        for (const line of bill.lines) expect(line.net).toBe(line.quantity * line.unitNet);
        expect(bill.lines.reduce((sum, line) => sum + line.net, 0)).toBe(bill.net);
        expect(bill.net + bill.vat).toBe(bill.gross);
        expect(Math.abs(bill.vat - (bill.net * t.vatBasisPoints) / 10_000)).toBeLessThan(1);
        expect(Number.isSafeInteger(bill.gross)).toBe(true);
      }),
    );
  });

  it('has another fingerprint when an amount or a term differs', () => {
    const wish = { quantity: 2, deliveryMode: 'at_centre' as const, expedited: false };
    const policy = { fullHours: 48, lateBasisPoints: 5_000 };
    const shown = fingerprint(billFor(TARIFF, wish), policy);
    expect(fingerprint(billFor(TARIFF, wish), policy)).toBe(shown);
    expect(fingerprint(billFor({ ...TARIFF, unitNet: 45_001 }, wish), policy)).not.toBe(shown);
    expect(fingerprint(billFor(TARIFF, wish), { ...policy, fullHours: 72 })).not.toBe(shown);
  });
});
