import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { toBase } from './quantities.ts';
import { legible, readableAmount, readableSpan } from './readable-amount.ts';
import { parseUnit } from './units.server.ts';

it.each([
  [0.15, 'V', 150, 'mV'],
  [0.000083, 'V', 83, 'uV'],
  [30_000, 'Ohm', 30, 'kOhm'],
  [1e-6, 'MOhm', 1, 'Ohm'],
  [0.000015, 'kg', 15, 'mg'],
  [0.018, 'MPa', 18, 'kPa'],
  [0.3, 'MPa', 0.3, 'MPa'],
  [0.01, 'mm', 0.01, 'mm'],
  [0.0005, 'mm', 0.5, 'um'],
  [0.5, 'um', 0.5, 'um'],
  [1000, 'V', 1000, 'V'],
  [220, 'g', 220, 'g'],
  [0.06, 'K', 0.06, 'K'],
  [8702.26426381, '[psi]', 8702, '[psi]'],
  [0.984251968504, '[in_i]', 0.9843, '[in_i]'],
  [0, 'kV', 0, 'kV'],
])('%s %s is written %s %s', (value, unit, shown, inUnit) => {
  expect(readableAmount({ value, unit })).toEqual({ value: shown, unit: inUnit });
});

describe('ends of a range', () => {
  it('share a prefix, unless one lies far below the other', () => {
    expect(readableSpan({ min: 0, max: 100, unit: 'MOhm' })).toEqual({
      min: { value: 0, unit: 'MOhm' },
      max: { value: 100, unit: 'MOhm' },
    });
    expect(readableSpan({ min: 1e-6, max: 100, unit: 'MOhm' }).min).toEqual({ value: 1, unit: 'Ohm' });
    expect(readableSpan({ min: 0.01, max: 1, unit: 'kHz' })).toEqual({ min: { value: 0.01, unit: 'kHz' }, max: { value: 1, unit: 'kHz' } });
    expect(readableSpan({ min: -0.1, max: 60_000, unit: 'kPa' }).max).toEqual({ value: 60, unit: 'MPa' });
  });
});

const units = [
  'nm',
  'um',
  'mm',
  'm',
  'mg',
  'g',
  'kg',
  'uL',
  'mL',
  'Pa',
  'kPa',
  'MPa',
  'N',
  'kN',
  'N.m',
  'uV',
  'mV',
  'V',
  'kV',
  'mA',
  'A',
  'Ohm',
  'kOhm',
  'MOhm',
  'Hz',
  'kHz',
  'GHz',
  'mW',
  'W',
  'pF',
  'uF',
  'mH',
  'Cel',
  '[psi]',
  '[in_i]',
  'bar',
  '%',
];
const stated = fc
  .record({ digits: fc.integer({ min: -99_999, max: 99_999 }), power: fc.integer({ min: -9, max: 6 }), unit: fc.constantFrom(...units) })
  .map(({ digits, power, unit }) => ({ value: Number(`${digits}e${power}`), unit }));
const base = ({ value, unit }: { value: number; unit: string }) => {
  const parsed = parseUnit(unit);
  if (!parsed.ok) throw new Error(unit);
  return toBase(value, parsed.unit);
};
const significant = (value: number) =>
  Math.abs(value)
    .toExponential()
    .replace(/e.*|\./g, '')
    .replace(/0+$/, '').length;

test('a stated number keeps its value and its digits, whatever prefix it is given', () => {
  fc.assert(
    fc.property(stated, (amount) => {
      const shown = readableAmount(amount);
      expect(base(shown)).toBeCloseTo(base(amount), 12 - Math.floor(Math.log10(Math.abs(base(amount)) || 1)));
      expect(significant(shown.value)).toBeLessThanOrEqual(significant(amount.value));
    }),
  );
});

test('written once, it is written so again', () => {
  fc.assert(
    fc.property(stated, (amount) => {
      const shown = readableAmount(amount);
      expect(readableAmount(shown)).toEqual(shown);
    }),
  );
});

test('what a conversion leaves is told in four digits, within half of the last', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (value) => {
      expect(Math.abs(legible(value) - value)).toBeLessThanOrEqual(Math.abs(value) * 5.0001e-4);
    }),
  );
});
