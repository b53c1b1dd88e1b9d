import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classOf, lineOf, lineOfRest, sumsOf, taxIn } from './invoice-lines.ts';

const ORDER = {
  id: 'o1',
  number: 'HJ-0000-0001',
  snapshot: { nameZh: '量块校准', nameEn: 'Gauge block calibration', family: 'calibration' },
  quantity: 2,
  net: 1_000,
  vat: 60,
  vatBasisPoints: 600,
  gross: 1_060,
  lines: [
    { key: 'unit' as const, quantity: 2, unitNet: 450, net: 900 },
    { key: 'courier' as const, quantity: 1, unitNet: 200, net: 200 },
    { key: 'member' as const, quantity: 1, unitNet: -100, net: -100 },
  ],
};
const CLASSES = [
  { family: '', code: '3040601000000000000', name: '鉴证咨询服务', item: '检测费' },
  { family: 'calibration', code: '3040601000000000000', name: '鉴证咨询服务', item: '校准费' },
];

describe('line of an invoice', () => {
  it('has the order’s own net and tax while nothing went back', () => {
    expect(lineOf({ ...ORDER, net: 999, vat: 61 }, 1_060, [])).toMatchObject({ net: 999, tax: 61, gross: 1_060, taxClass: '' });
  });

  it('has the tax in what is left of it after a refund', () => {
    expect(lineOf(ORDER, 530, [])).toMatchObject({ net: 500, tax: 30, gross: 530, basisPoints: 600 });
    expect(lineOfRest(lineOf(ORDER, 1_060, []), 530)).toMatchObject({ net: 500, tax: 30, gross: 530 });
  });

  it('has the class of its family, else the one for all', () => {
    expect(lineOf(ORDER, 1_060, CLASSES)).toMatchObject({ item: '校准费' });
    expect(classOf(CLASSES, 'testing')).toMatchObject({ item: '检测费' });
    expect(classOf([], 'testing')).toBeNull();
  });

  it('sums to the fen at every rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 11 }), fc.constantFrom(0, 100, 300, 600, 1_300), (gross, basisPoints) => {
        const { net, tax } = taxIn(gross, basisPoints);
        expect(net + tax).toBe(gross);
        expect(tax).toBeGreaterThanOrEqual(0);
        // What the rate says of the net, to half a fen.
        expect(Math.abs(tax - (net * basisPoints) / 10_000)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has a part for each price line, the discount spread over what was charged', () => {
    expect(lineOf(ORDER, 1_060, []).parts).toEqual([
      { key: 'unit', quantity: 2, unitNet: 450, net: 818, tax: 49, gross: 867 },
      { key: 'courier', quantity: 1, unitNet: 200, net: 182, tax: 11, gross: 193 },
    ]);
  });

  it('whose parts sum to it to the fen, with any discount, after any refund, and again after another', () => {
    const charge = fc.record({
      key: fc.constantFrom('unit', 'setup', 'courier'),
      quantity: fc.integer({ min: 1, max: 40 }),
      unitNet: fc.nat(10 ** 7),
    });
    const bill = fc.record({
      charges: fc.array(charge, { minLength: 1, maxLength: 6 }),
      off: fc.integer({ min: 0, max: 9_999 }),
      basisPoints: fc.constantFrom(0, 100, 300, 600, 1_300),
      shares: fc.tuple(fc.double({ min: 0.001, max: 1, noNaN: true }), fc.double({ min: 0.001, max: 1, noNaN: true })),
    });
    fc.assert(
      fc.property(bill, ({ charges, off, basisPoints, shares: [first, second] }) => {
        const lines = charges.map((one) => ({ ...one, net: one.quantity * one.unitNet }));
        const whole = lines.reduce((sum, { net }) => sum + net, 0);
        const discount = Math.floor((whole * off) / 10_000);
        const net = whole - discount;
        const vat = Math.round((net * basisPoints) / 10_000);
        fc.pre(net + vat > 0);
        const taken = { key: 'member' as const, quantity: 1, unitNet: -discount, net: -discount };
        const order = {
          ...ORDER,
          net,
          vat,
          vatBasisPoints: basisPoints,
          gross: net + vat,
          lines: discount > 0 ? [...lines, taken] : lines,
        };
        const left = Math.max(1, Math.floor(order.gross * first));
        const asked = lineOf(order, left, []);
        const rest = lineOfRest(asked, Math.max(1, Math.floor(left * second)));
        for (const line of [lineOf(order, order.gross, []), asked, rest]) {
          const sum = (of: 'net' | 'tax' | 'gross') => (line.parts ?? []).reduce((all, part) => all + part[of], 0);
          expect([sum('net'), sum('tax'), sum('gross')]).toEqual([line.net, line.tax, line.gross]);
          for (const part of line.parts ?? []) expect(Math.min(part.net, part.tax, part.gross)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('adds up', () => {
    expect(sumsOf([lineOf(ORDER, 1_060, []), lineOf(ORDER, 530, [])])).toEqual({ amount: 1_590, tax: 90 });
  });
});
