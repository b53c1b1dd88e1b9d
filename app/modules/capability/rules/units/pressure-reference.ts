/**
 * Gauge pressure is counted from the air around, absolute pressure from nothing: they never answer for each other. Rows of the other are
 * offered as near misses that say so; which of the two is meant, and what the air was taken for, is the centre's and the visitor's to settle.
 */
import type { Need } from '../../search/matching.ts';
import type { Unit } from './quantities.ts';

/** Standard atmosphere, Pa (ISO 2533): what the two are brought together by for a look. */
export const STANDARD_ATMOSPHERE = 101_325;
const GAUGE_KIND = 'L-1M1T-2';
const ABSOLUTE_KIND = `${GAUGE_KIND}#absolute`;

export type PressureReference = 'gauge' | 'absolute';

/** What a pressure in this unit is counted from; null for what is no pressure. */
export const pressureReference = ({ kind }: Unit): PressureReference | null =>
  kind === GAUGE_KIND ? 'gauge' : kind === ABSOLUTE_KIND ? 'absolute' : null;

/**
 * The need as rows of the other reference would answer it: the same pressures in the visitor's unit, counted from the other zero. A limit
 * relative to the value is left out, as it is of another value there. Null for a need of no pressure.
 */
export function withOtherReference(need: Need): Need | null {
  const { unit, required } = need;
  const reference = unit && pressureReference(unit);
  if (!reference) return null;
  const shift = reference === 'gauge' ? STANDARD_ATMOSPHERE : -STANDARD_ATMOSPHERE;
  return {
    ...need,
    unit: { ...unit, kind: reference === 'gauge' ? ABSOLUTE_KIND : GAUGE_KIND, offset: unit.offset + shift },
    extent: need.extent.map(({ min, max }) => ({ min: min + shift, max: max + shift })),
    required: required && 'unit' in required ? required : null,
  };
}
