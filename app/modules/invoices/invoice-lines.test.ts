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

  it('adds up', () => {
    expect(sumsOf([lineOf(ORDER, 1_060, []), lineOf(ORDER, 530, [])])).toEqual({ amount: 1_590, tax: 90 });
  });
});
