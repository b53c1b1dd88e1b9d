import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUnit } from '#app/modules/capability/rules/units/units.server.ts';
import type { SizeMeaning } from '#app/modules/capability/words/lexicon.ts';
import { nominalRange } from './nominal-range.ts';

const unit = (text: string) => {
  const found = parseUnit(text);
  if (!found.ok) throw new Error(text);
  return found.unit;
};
const of = (max: number, code: string, size: SizeMeaning | null, min: number | null = null) => {
  const { range, ...rest } = nominalRange({ min, max, unit: unit(code) }, size)!;
  return { min: range.min, max: range.max, ...rest };
};

describe('one number', () => {
  it.each<[number, string, SizeMeaning, number]>([
    [300, 'mm', 'from_zero', 0],
    [50, 'mm', 'steps_of_25', 25],
    [60, 'mm', 'steps_of_25', 0],
    [200, 'N.m', 'from_fifth', 40],
    [50, 't', 'capacity_of_scale', 1],
    [200, 'g', 'capacity_of_balance', 0.4],
  ])('%d %s (%s) begins at %d', (max, code, size, min) => {
    expect(of(max, code, size)).toMatchObject({ min, max });
  });

  it('is a point of what is called by no size', () => {
    expect(of(1000, 'V', null, 1000)).toEqual({ min: 1000, max: 1000, assumed: [] });
  });
});

it('is sure from a tenth on where its low end was assumed, and throughout where that is known', () => {
  expect(of(50, 't', 'capacity_of_scale').sureFrom).toBeCloseTo(5000, 9);
  expect(of(300, 'mm', 'from_zero').sureFrom).toBeCloseTo(0.03, 12);
  for (const known of [of(200, 'N.m', 'from_fifth'), of(50, 'mm', 'steps_of_25'), of(50, 't', 'capacity_of_scale', 0)])
    expect(known).not.toHaveProperty('sureFrom');
});

it('whatever the size, what is sure lies inside the range', () => {
  const sizes: SizeMeaning[] = ['from_zero', 'steps_of_25', 'from_fifth', 'capacity_of_scale', 'capacity_of_balance'];
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), fc.constantFrom(...sizes), (max, size) => {
      const { range, sureFrom = range.base.min } = nominalRange({ min: null, max, unit: unit('kg') }, size)!;
      expect(range.base.min).toBeLessThanOrEqual(sureFrom);
      expect(sureFrom).toBeLessThan(range.base.max);
    }),
  );
});
