import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billFor, type Tariff } from '#app/modules/catalogue/bill.ts';
import { choiceOf, MOST_POINTS } from '#app/modules/catalogue/price-rules.ts';
import type { RangePrice, TravelZone } from '#db/schema/catalogue.ts';
import { fingerprint } from './price.ts';

const TARIFF: Tariff = {
  perPointNet: 0,
  includedPoints: 0,
  rangePrices: [],
  travelZones: [],
  memberBasisPoints: 0,
  parkBasisPoints: 0,
  unitNet: 45_000,
  volumeTiers: [],
  setupNet: 20_000,
  travelNet: 30_000,
  courierNet: 4_500,
  expediteBasisPoints: 3_000,
  vatBasisPoints: 600,
};

const RULES = {
  perPointNet: fc.integer({ min: 0, max: 1_000_000 }),
  includedPoints: fc.integer({ min: 0, max: MOST_POINTS }),
  rangePrices: fc.constantFrom<RangePrice[]>(
    [],
    [
      { upTo: 25, unit: 'mm', unitNet: 8_000 },
      { upTo: 150, unit: 'mm', unitNet: 12_000 },
    ],
  ),
  travelZones: fc.constantFrom<TravelZone[]>(
    [],
    [
      { nameZh: '苏州', nameEn: 'Suzhou', net: 30_000, minutes: 45 },
      { nameZh: '昆山', nameEn: '', net: 0, minutes: 0 },
    ],
  ),
  memberBasisPoints: fc.integer({ min: 0, max: 9_000 }),
  parkBasisPoints: fc.integer({ min: 0, max: 9_000 }),
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

  it('counts points beyond those included, per piece, and takes the price of the chosen range', () => {
    const tariff = {
      ...TARIFF,
      setupNet: 0,
      perPointNet: 500,
      includedPoints: 5,
      rangePrices: [
        { upTo: 25, unit: 'mm', unitNet: 8_000 },
        { upTo: 150, unit: 'mm', unitNet: 12_000 },
      ],
    };
    const input = { quantity: 3, deliveryMode: 'at_centre' as const, expedited: false, points: 7, range: '150 mm' };
    expect(billFor(tariff, input).lines).toEqual([
      { key: 'unit', quantity: 3, unitNet: 12_000, net: 36_000, label: { zh: '≤ 150 mm', en: '≤ 150 mm' } },
      { key: 'points', quantity: 6, unitNet: 500, net: 3_000 },
    ]);
    expect(billFor(tariff, { ...input, points: 5, range: '25 mm' }).net).toBe(24_000);
  });

  it('charges the way to the chosen zone instead of the travel charge', () => {
    const travelZones = [
      { nameZh: '苏州', nameEn: 'Suzhou', net: 30_000, minutes: 45 },
      { nameZh: '昆山', nameEn: '', net: 50_000, minutes: 70 },
    ];
    const travel = (deliveryMode: 'on_site' | 'at_centre', zone?: string) =>
      billFor({ ...TARIFF, travelZones }, { quantity: 1, deliveryMode, expedited: false, zone }).lines.filter(
        (line) => line.key === 'travel',
      );
    expect(travel('on_site', '昆山')).toEqual([
      { key: 'travel', quantity: 1, unitNet: 50_000, net: 50_000, label: { zh: '昆山', en: '' } },
    ]);
    expect(travel('on_site')[0]).toMatchObject({ net: 30_000 });
    expect(travel('at_centre', '昆山')).toEqual([]);
  });

  it('takes off the greater of what a member and a park firm get, from the whole net', () => {
    const last = (member: boolean, park: boolean, rules = { memberBasisPoints: 500, parkBasisPoints: 1_000 }) =>
      billFor({ ...TARIFF, ...rules }, { quantity: 1, deliveryMode: 'courier', expedited: false, eligibility: { member, park } }).lines.at(
        -1,
      );
    expect(last(true, true)).toEqual({ key: 'park', quantity: 1, unitNet: -6_950, net: -6_950 });
    expect(last(true, false)).toEqual({ key: 'member', quantity: 1, unitNet: -3_475, net: -3_475 });
    expect(last(false, false)).toMatchObject({ key: 'courier' });
    expect(last(true, true, { memberBasisPoints: 0, parkBasisPoints: 0 })).toMatchObject({ key: 'courier' });
  });

  it('always sums: lines to net, net and tax to gross, tax off by less than one 分', () => {
    const tariff = fc.record({
      ...RULES,
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
    const input = fc.record({
      quantity: fc.integer({ min: 1, max: 1000 }),
      deliveryMode: fc.constantFrom('at_centre', 'courier', 'on_site', 'remote'),
      expedited: fc.boolean(),
      points: fc.option(fc.integer({ min: -5, max: MOST_POINTS + 5 }), { nil: undefined }),
      range: fc.constantFrom(undefined, '', '25 mm', '150 mm'),
      zone: fc.constantFrom(undefined, '', '苏州', '昆山'),
      eligibility: fc.record({ member: fc.boolean(), park: fc.boolean() }),
    });
    fc.assert(
      fc.property(tariff, input, (t, w) => {
        const bill = billFor(t, w);
        for (const line of bill.lines) expect(line.net).toBe(line.quantity * line.unitNet);
        expect(bill.lines.reduce((sum, line) => sum + line.net, 0)).toBe(bill.net);
        expect(bill.net + bill.vat).toBe(bill.gross);
        expect(Math.abs(bill.vat - (bill.net * t.vatBasisPoints) / 10_000)).toBeLessThan(1);
        expect(Number.isSafeInteger(bill.gross)).toBe(true);
        expect(bill.lines.every((line) => Number.isSafeInteger(line.net))).toBe(true);
        const plain = billFor(t, { ...w, eligibility: undefined });
        expect(bill.net).toBeLessThanOrEqual(plain.net);
        expect(bill.net).toBeGreaterThanOrEqual(plain.net > 0 ? 1 : 0);
        const { points } = choiceOf(t, w);
        if (points !== null && points < MOST_POINTS)
          expect(billFor(t, { ...w, points: points + 1 }).net).toBeGreaterThanOrEqual(billFor(t, { ...w, points }).net);
      }),
    );
  });

  it('has another fingerprint when an amount or a term differs', () => {
    const input = { quantity: 2, deliveryMode: 'at_centre' as const, expedited: false };
    const policy = { fullHours: 48, lateBasisPoints: 5_000 };
    const shown = fingerprint(billFor(TARIFF, input), policy);
    expect(fingerprint(billFor(TARIFF, input), policy)).toBe(shown);
    expect(fingerprint(billFor({ ...TARIFF, unitNet: 45_001 }, input), policy)).not.toBe(shown);
    expect(fingerprint(billFor(TARIFF, input), { ...policy, fullHours: 72 })).not.toBe(shown);
    expect(fingerprint(billFor(TARIFF, input), policy, 45)).not.toBe(shown);
  });
});
